import { strict as assert } from "node:assert";
import * as vscode from "vscode";

describe("the extension in VS Code", () => {
  it("is found under its identifier and activates", async () => {
    const extension = vscode.extensions.getExtension("scep-workbench.scep-workbench");
    assert.ok(extension, "VS Code does not know the extension");
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
