import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder of the checkout. */
export const ROOT = join(import.meta.dirname, '..');

/** Folder for built servers, one per user, shared by all checkouts: `HOLDFAST_CACHE`, else `$XDG_CACHE_HOME/holdfast`, else `~/.cache/holdfast`. */
export const CACHE_DIR = process.env['HOLDFAST_CACHE'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'holdfast');

/** The environment that programs started from here inherit, without what belongs to this process alone. */
export function inheritedEnv(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, ...extra };
  delete env['NODE_CHANNEL_FD'];
  return env;
}
