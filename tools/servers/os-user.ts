import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { StartFailure } from './failure.ts';

/** An operating-system account to run a server under. */
export interface OsUser {
  name: string;
  uid: number;
  gid: number;
}

/**
 * The account that PostgreSQL runs under: it refuses root, so root needs an unprivileged one, created when missing.
 * @returns undefined when this process is not root and can run it itself
 * @throws StartFailure when there is no such account and none can be created
 */
export function postgresUser(): OsUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = lookUp('postgres');
  if (known) return known;
  const made = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { encoding: 'utf8' });
  const created = lookUp('postgres');
  if (created) return created;
  const why = made.error?.message ?? made.stderr.trim();
  throw new StartFailure(`PostgreSQL does not run as root and the operating-system user "postgres" can not be created (${why}): create it, or run this as another user.`);
}

/** True when this account can enter the folder or run the program at `path`. */
export function canReach(user: OsUser, path: string): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'test -x "$0" && test -r "$0"', path], { uid: user.uid, gid: user.gid, cwd: '/' });
  return probe.status === 0;
}

/**
 * Copies a folder of programs to where every account can read it, once.
 * @returns the folder of the copy
 */
export function copyForEverybody(from: string, to: string): string {
  if (existsSync(to)) return to;
  const half = `${to}.${process.pid}`;
  mkdirSync(dirname(to), { recursive: true, mode: 0o755 });
  rmSync(half, { recursive: true, force: true });
  cpSync(from, half, { recursive: true, verbatimSymlinks: true });
  openForReading(half);
  if (existsSync(to)) rmSync(half, { recursive: true, force: true });
  else renameSync(half, to);
  return to;
}

function openForReading(path: string): void {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  if (!stat.isDirectory()) {
    chmodSync(path, stat.mode | 0o444 | (stat.mode & 0o100 ? 0o111 : 0));
    return;
  }
  chmodSync(path, stat.mode | 0o555);
  for (const name of readdirSync(path)) openForReading(join(path, name));
}

function lookUp(name: string): OsUser | undefined {
  const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
