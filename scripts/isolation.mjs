/**
 * A network of their own for the tests: namespaces in which there is nothing but the loopback interface. Debian's
 * scepserver listens on every interface, and a test must not need what is outside.
 */
import { spawnSync } from "node:child_process";
import { onPath } from "./programs.mjs";

/** The variable that tells tests that they run in such a network. */
export const isolatedVariable = "SCEP_TEST_ISOLATED";

/** What unshare is asked for, best first: with a process namespace nothing can outlive the tests. */
const attempts = [
  ["--net", "--pid", "--fork", "--mount-proc", "--kill-child"],
  ["--net"],
  ["--map-root-user", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"],
  ["--map-root-user", "--net"],
];

/**
 * The command that runs another one in a network of its own.
 *
 * @returns {readonly string[] | undefined} what to put in front of the command; undefined where that is not possible
 */
export function isolatingCommand() {
  const unshare = onPath("unshare");
  const ip = onPath("ip");
  if (process.platform !== "linux" || unshare === undefined || ip === undefined) {
    return undefined;
  }
  const within = ["sh", "-c", `${ip} link set lo up && exec "$@"`, "sh"];
  const options = attempts.find((attempt) => spawnSync(unshare, [...attempt, ...within, "true"]).status === 0);
  return options && [unshare, ...options, ...within];
}
