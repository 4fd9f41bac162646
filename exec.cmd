@rem npm start says "exec", so that the shell of Linux and macOS does not stand between npm and the program and keep a
@rem Ctrl-C to itself. The shell of Windows knows no exec; it finds this instead.
@%*
