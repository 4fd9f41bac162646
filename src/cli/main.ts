process.stderr.write("scep-workbench has no commands yet.\n");
process.exitCode = 1;
