/**
 * Every command that the extension registers, and nothing else: package.json declares exactly these (a test compares
 * the two).
 */
export const commandIds = {
  addServer: "scepWorkbench.addServer",
  removeServer: "scepWorkbench.removeServer",
  editServers: "scepWorkbench.editServers",
  refreshServers: "scepWorkbench.refreshServers",
  getCaCaps: "scepWorkbench.getCaCaps",
  getCaCert: "scepWorkbench.getCaCert",
  enroll: "scepWorkbench.enroll",
  newRequest: "scepWorkbench.newRequest",
  decodeFile: "scepWorkbench.decodeFile",
  decodeResource: "scepWorkbench.decodeResource",
  decodeSelection: "scepWorkbench.decodeSelection",
  decodeSelectionHere: "scepWorkbench.decodeSelectionHere",
  decodeClipboard: "scepWorkbench.decodeClipboard",
  inspect: "scepWorkbench.inspect",
  inspectSelection: "scepWorkbench.inspectSelection",
  inspectClipboard: "scepWorkbench.inspectClipboard",
  saveSession: "scepWorkbench.saveSession",
  openSession: "scepWorkbench.openSession",
  inspectBlock: "scepWorkbench.inspectBlock",
  enrollBlock: "scepWorkbench.enrollBlock",
  fixRequest: "scepWorkbench.fixRequest",
  compare: "scepWorkbench.compare",
  showAsText: "scepWorkbench.showAsText",
  checkFolder: "scepWorkbench.checkFolder",
  explainFinding: "scepWorkbench.explainFinding",
  startResponder: "scepWorkbench.startResponder",
  stopResponder: "scepWorkbench.stopResponder",
  copyValue: "scepWorkbench.copyValue",
  copyHex: "scepWorkbench.copyHex",
  copyPath: "scepWorkbench.copyPath",
  saveContent: "scepWorkbench.saveContent",
  openAsText: "scepWorkbench.openAsText",
  openWithKey: "scepWorkbench.openWithKey",
  revealSecret: "scepWorkbench.revealSecret",
  clearMessages: "scepWorkbench.clearMessages",
  saveIssued: "scepWorkbench.saveIssued",
  forgetSecrets: "scepWorkbench.forgetSecrets",
  showLog: "scepWorkbench.showLog",
  importSscepConf: "scepWorkbench.importSscepConf",
  exportSscepConf: "scepWorkbench.exportSscepConf",
  exportRequestScript: "scepWorkbench.exportRequestScript",
} as const;

/** The views and their container, as package.json declares them. */
export const viewIds = {
  container: "scepWorkbench",
  servers: "scepWorkbench.servers",
  messages: "scepWorkbench.messages",
} as const;

/** The context keys that `when` clauses in package.json ask for. */
export const contextKeys = {
  /** The local responder of this window is running. */
  responderRunning: "scepWorkbench.responderRunning",
  /** There is at least one entry in Messages. */
  hasMessages: "scepWorkbench.hasMessages",
} as const;
