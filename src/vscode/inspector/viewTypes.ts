/** The inspector as an editor for the files of others, which is an option, and for our own, which is the first choice. */
export const inspectorViewType = "scepWorkbench.inspector";
export const sessionViewType = "scepWorkbench.sessionInspector";
