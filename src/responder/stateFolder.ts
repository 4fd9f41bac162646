import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { writePem } from "../core/asn1/pem.js";
import { HumanError } from "../core/humanError.js";
import type { ResponderState } from "./responderState.js";

/** Private keys lie in there: for the owner alone. */
const fileMode = 0o600;
const folderMode = 0o700;

/**
 * State in a folder, which is made where it is missing:
 *
 * - `authority.json`: keys and certificates of the CAs and RAs;
 * - `number.txt`: the running number of the last certificate;
 * - `issued/SERIAL.pem`: every certificate that was issued.
 *
 * Rejects with a HumanError where the folder cannot be used.
 */
export async function stateInFolder(folder: string): Promise<ResponderState> {
  const authorityFile = path.join(folder, "authority.json");
  const numberFile = path.join(folder, "number.txt");
  const issuedFolder = path.join(folder, "issued");
  await usingFolder(folder, mkdir(issuedFolder, { recursive: true, mode: folderMode }));
  let number = readNumber(await readIfThere(folder, numberFile), folder);
  let written: Promise<void> = Promise.resolve();
  return {
    loadAuthority: () => readIfThere(folder, authorityFile),

    async saveAuthority(authority, { replace }) {
      if (replace) {
        await usingFolder(folder, replaceFile(authorityFile, authority));
        return authority;
      }
      try {
        await writeFile(authorityFile, authority, { mode: fileMode, flag: "wx" });
        return authority;
      } catch (error) {
        if (!isNodeError(error, "EEXIST")) throw unusable(folder, error);
        return usingFolder(folder, readFile(authorityFile, "utf8"));
      }
    },

    async nextNumber() {
      const next = ++number;
      // One write after the other, so that an older number never overtakes a newer one.
      const previous = written;
      written = (async () => {
        await previous.catch(() => undefined);
        await replaceFile(numberFile, `${next}\n`);
      })();
      await usingFolder(folder, written);
      return next;
    },

    keepIssued: (serialNumber, der) =>
      usingFolder(
        folder,
        writeFile(path.join(issuedFolder, `${serialNumber}.pem`), writePem("CERTIFICATE", der), { mode: fileMode }),
      ),
  };
}

/** Never leaves half a file behind: whoever reads sees the old content or the new. */
async function replaceFile(file: string, text: string): Promise<void> {
  const fresh = `${file}.new`;
  await writeFile(fresh, text, { mode: fileMode });
  await rename(fresh, file);
}

async function readIfThere(folder: string, file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isNodeError(error, "ENOENT")) return undefined;
    throw unusable(folder, error);
  }
}

function readNumber(text: string | undefined, folder: string): number {
  const number = Number(text ?? 0);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new HumanError(
    `The file number.txt in the responder's folder ${folder} holds no number. Delete that file; the CA is kept.`,
  );
}

async function usingFolder<T>(folder: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw unusable(folder, error);
  }
}

function unusable(folder: string, error: unknown): HumanError {
  return new HumanError(
    `The responder cannot use its folder ${folder}. Check that it is a folder you may write to, or choose another one.`,
    error instanceof Error ? error.message : String(error),
  );
}

function isNodeError(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
