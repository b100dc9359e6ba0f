/** One line of JSON for each operation of a client's script. */

const isReadOnly = process.env.M365_READ_ONLY === "1";

/**
 * @param {string} name
 * @param {"read" | "write"} kind writes are left out against a real tenant
 * @param {() => unknown} run
 */
export async function operation(name, kind, run) {
  if (kind === "write" && isReadOnly) return;
  try {
    await run();
    say({ name, outcome: "ok" });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    const isNotServed = /\b501\b|does not implement|NotImplemented/.test(text);
    say({ name, outcome: isNotServed ? "not served" : "wrong", detail: text.slice(0, 300) });
  }
}

/** @param {object} line */
function say(line) {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
