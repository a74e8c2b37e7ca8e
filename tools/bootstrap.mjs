// node tools/bootstrap.mjs <script.ts> [arguments]
//
// Makes a checkout ready to run and runs one script of it with the Node.js that the project pins. Written for Node.js 20
// with built-in modules only, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const node = join(bin, 'node');
const lock = join(root, '.cache', 'install.lock');
const [script, ...args] = process.argv.slice(2);

if (script === undefined) fail('usage: node tools/bootstrap.mjs <script.ts> [arguments]');
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node.js 20 or newer is needed, this is ${process.versions.node}.`);
await install();
launch();

/** Installs the packages of the lockfile unless exactly those are there. */
async function install() {
  if (missing() === undefined) return;
  await takeLock();
  try {
    const why = missing();
    if (why !== undefined) await runNpm(why);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Why packages have to be installed, or undefined when all are there. */
function missing() {
  const wanted = readJson(join(root, 'package-lock.json'));
  const present = readJson(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) fail('package-lock.json is missing or damaged: restore it from the repository.');
  if (present === undefined) return 'they are not there yet';
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (path === '') continue;
    const installed = present.packages[path];
    if (installed === undefined && (entry.optional || entry.devOptional)) continue;
    if (installed?.version !== entry.version || installed.integrity !== entry.integrity) return 'the list of packages has changed';
  }
  return existsSync(node) ? undefined : 'an earlier installation was cut off';
}

async function runNpm(why) {
  console.error(`Installing packages into node_modules, because ${why}`);
  const own = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...first] = own;
  const npm = spawn(command, [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [npm.stdout, npm.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  const ticker = setInterval(() => console.error(`… installing packages: ${seconds()} s`), 5000);
  const stop = (signal) => npm.kill(signal);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  const code = await new Promise((resolve) => {
    npm.once('error', (error) => resolve(error.message));
    npm.once('close', resolve);
  });
  clearInterval(ticker);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (code !== 0) {
    rmSync(lock, { recursive: true, force: true });
    process.stderr.write(output);
    fail(typeof code === 'string' ? `npm can not be run (${code}): install npm and start again.` : 'The packages could not be installed; what npm said stands above.');
  }
  if (!existsSync(node)) {
    rmSync(lock, { recursive: true, force: true });
    fail('npm was told not to run install scripts, so the pinned Node.js is missing: run "npm ci --ignore-scripts=false" once.');
  }
  console.error(`✓ packages installed: ${seconds()} s`);
}

/** Two commands started at once on a fresh checkout must not install over each other. */
async function takeLock() {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ; told = true) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`The checkout ${root} can not be written to (${error.code}).`);
    }
    const owner = existsSync(join(lock, 'pid')) ? Number(readFileSync(join(lock, 'pid'), 'utf8')) : 0;
    if (owner > 0 && !isAlive(owner)) rmSync(lock, { recursive: true, force: true });
    else if (!told) console.error(`Another process${owner ? ` (${owner})` : ''} is installing the packages: waiting for it`);
    await sleep(500);
  }
}

/** Runs the script; signals go to it, its exit code comes back. */
function launch() {
  // the channel tells the script when this process is gone
  const child = spawn(node, [join(root, script), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, PATH: [bin, process.env.PATH].filter(Boolean).join(delimiter) },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => fail(`The pinned Node.js in node_modules can not be run (${error.message}).`));
  child.once('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : code));
  if (process.env.npm_lifecycle_event === undefined) return;
  // an npm that is killed, or whose shell is, can not pass anything on
  const callers = npmProcesses();
  setInterval(() => {
    if (npmProcesses() !== callers) child.kill('SIGTERM');
  }, 250).unref();
}

/** The process ids of npm and of the shell it may have put in between, in one string. */
function npmProcesses() {
  const shell = /^\d+ \((?:ba|da|a|z)?sh\) . (\d+)/.exec(readText(`/proc/${process.ppid}/stat`));
  return `${process.ppid} ${shell?.[1] ?? ''}`;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
