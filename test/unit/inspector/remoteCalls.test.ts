import { describe, expect, it } from "vitest";
import { HumanError } from "../../../src/core/humanError.js";
import { RemoteCalls } from "../../../src/core/remoteCalls.js";

interface Kitchen {
  cook(ask: { readonly dish: string }): Promise<string>;
  burn(): Promise<never>;
  refuse(): never;
}

interface Guest {
  served(ask: { readonly dish: string }): void;
}

/** Two sides that hand each other copies, as a border does. */
function table() {
  const served: string[] = [];
  const guest: RemoteCalls<Kitchen, Guest> = new RemoteCalls((message) => kitchen.receive(structuredClone(message)), {
    served: ({ dish }) => void served.push(dish),
  });
  const kitchen: RemoteCalls<Guest, Kitchen> = new RemoteCalls((message) => guest.receive(structuredClone(message)), {
    cook: async ({ dish }) => `${dish}, hot`,
    burn: async () => {
      throw new Error("smoke");
    },
    refuse: () => {
      throw new HumanError("There is no more fish. Order something else.");
    },
  });
  return { guest, kitchen, served };
}

describe("calls across a border", () => {
  it("bring an answer, each its own", async () => {
    const { guest } = table();
    const answers = await Promise.all([guest.call("cook", { dish: "soup" }), guest.call("cook", { dish: "fish" })]);
    expect(answers).toEqual(["soup, hot", "fish, hot"]);
  });

  it("go in both directions, also without an answer", () => {
    const { kitchen, served } = table();
    kitchen.tell("served", { dish: "soup" });
    expect(served).toEqual(["soup"]);
  });

  it("reject where the other side fails, and keep a sentence for people one", async () => {
    const { guest } = table();
    await expect(guest.call("burn")).rejects.toThrow(/smoke/);
    const refused = await guest.call("refuse").catch((error: unknown) => error);
    expect(HumanError.is(refused)).toBe(true);
    expect((refused as Error).message).toBe("There is no more fish. Order something else.");
  });

  it("reach nothing that was not offered, not even what every object has", async () => {
    const { guest } = table();
    const anything = guest as unknown as { call(name: string): Promise<unknown> };
    for (const name of ["steal", "constructor", "toString", "__proto__"]) {
      await expect(anything.call(name)).rejects.toThrow(`There is no call named ${name}.`);
    }
  });

  it("leave alone what is no message", () => {
    const { guest } = table();
    for (const message of [undefined, null, 7, "ask", { kind: "other" }, { kind: "answer", id: 99 }]) {
      expect(() => guest.receive(message)).not.toThrow();
    }
  });

  it("reject when the other side is gone", async () => {
    const silent = new RemoteCalls<Kitchen, object>(() => undefined, {});
    const waiting = silent.call("cook", { dish: "soup" });
    silent.close(new Error("The kitchen is closed."));
    await expect(waiting).rejects.toThrow("The kitchen is closed.");
    await expect(silent.call("cook", { dish: "fish" })).rejects.toThrow("The kitchen is closed.");
  });
});
