import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWideSideBar, pictureFile, startResponderFromWelcome } from "../support/scepWorkbench.js";
import { Workbench } from "../support/workbench.js";

/** A request that is wrong on purpose, and what a person must see of its refusal. */
interface Refusal {
  /** As the list of wrong requests names it. */
  readonly wrong: string;
  /** What the last page of the wizard says of it before it is sent, where a look at the request can tell. */
  readonly warned?: string;
  /** The end of the entry in Messages. */
  readonly headline: string;
  /** What the row *Why* says. */
  readonly why: RegExp;
  /** What the row *NDES error* says; a refusal by HTTP has none. */
  readonly ndesError?: RegExp;
}

const refusals: readonly Refusal[] = [
  {
    wrong: "challenge-utf8string",
    warned: "The challenge as UTF8String: NDES reads a PrintableString only",
    headline: "FAILURE badRequest · 0x80070490",
    why: /^the challenge is a UTF8String/,
    ndesError: /^0x80070490 ERROR_NOT_FOUND/,
  },
  {
    wrong: "challenge-missing",
    warned: "No challenge: NDES refuses unless it is set up to do without",
    headline: "FAILURE badRequest · 0x80096004",
    why: /^the request has no challengePassword/,
    ndesError: /^0x80096004 TRUST_E_CERT_SIGNATURE/,
  },
  {
    wrong: "key-1024",
    warned: "RSA 1024: NDES's templates refuse keys under 2048 bits",
    headline: "FAILURE badRequest · 0x80094811",
    why: /^the RSA key has only 1024 bits \(certain\)$/,
    ndesError: /^0x80094811 CERTSRV_E_KEY_LENGTH/,
  },
  {
    wrong: "signature-invalid",
    headline: "FAILURE badRequest · 0x80090006",
    why: /^the proof of possession fails/,
    ndesError: /^0x80090006 NTE_BAD_SIGNATURE/,
  },
  {
    wrong: "digest-md5",
    headline: "FAILURE badAlg · 0x80090008",
    why: /^the request is signed with MD5/,
    ndesError: /^0x80090008 NTE_BAD_ALGID/,
  },
];

describe("somebody who tests a server with requests that are wrong on purpose", () => {
  let folder: string;
  let workbench: Workbench;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "scep-workbench-wrong-"));
    workbench = await Workbench.open({
      folder,
      viewport: { width: 1440, height: 900 },
      settings: { "scepWorkbench.responder.port": 0, "editor.minimap.enabled": false },
    });
    await openWideSideBar(workbench, 700);
    await startResponderFromWelcome(workbench);
  });

  afterAll(async () => {
    await workbench[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const row = (text: string) => workbench.quickInput.locator(".monaco-list-row").filter({ hasText: text }).first();
  const enter = (): Promise<void> => workbench.page.keyboard.press("Enter");

  /** Goes through *New Certificate Request* with that fault and that name to the message that it was made. */
  async function make(wrong: string): Promise<void> {
    await workbench.runCommand("SCEP: New Certificate Request…");
    await row("Wrong on purpose…").click();
    await workbench.quickInput.getByText(/\(2\/\d\)/).waitFor();
    await workbench.fillQuickInput(wrong);
    await row(wrong).click();
    await workbench.quickInput.getByText(/\(3\/\d\)/).waitFor();
    await workbench.answerQuickInput(`CN=${wrong}.example.com`);
    const last = row("Make the request");
    for (let step = 4; !(await last.isVisible()); step++) {
      await workbench.quickInput.getByText(new RegExp(`\\(${step}/\\d\\)`)).waitFor();
      if (!(await last.isVisible())) await enter();
    }
    await last.click();
    await expect
      .poll(() => workbench.quickInput.locator("input").first().inputValue())
      .toContain(`${wrong}.example.com.csr`);
    await enter();
    await workbench.page
      .locator(".tab")
      .filter({ hasText: `${wrong}.example.com.csr` })
      .waitFor();
  }

  it.each(refusals)(
    "is shown how the responder refuses $wrong, and why",
    async ({ wrong, warned, headline, why, ndesError }) => {
      await make(wrong);
      // The key lies beside the request, so that nobody is asked for it.
      await workbench.page.locator(".codelens-decoration a", { hasText: "Enroll with…" }).click();
      await workbench.quickInput.getByText("Enroll Certificate (1/2)").waitFor();
      await row("Local responder").click();
      await workbench.quickInput.getByText("Enroll Certificate (2/2)").waitFor();
      if (warned !== undefined) await row(warned).waitFor();
      await enter();
      const entry = workbench.treeRow("Messages", `Enroll ${wrong}.example.com → Local responder`);
      await entry.filter({ hasText: "FAILURE" }).waitFor();
      await workbench.runCommand("Notifications: Clear All Notifications");
      await workbench.screenshot(pictureFile(`wrong-${wrong}`));
      expect(await entry.innerText()).toContain(headline);
      const rows = await workbench.treeRows("Messages");
      expect(rows.find(({ label }) => label === "Why")?.description).toMatch(why);
      if (ndesError) expect(rows.find(({ label }) => label === "NDES error")?.description).toMatch(ndesError);
      await workbench.runCommand("SCEP: Clear Messages");
    },
  );
});
