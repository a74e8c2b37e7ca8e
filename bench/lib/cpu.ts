import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks a second in `/proc`; 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * CPU time that a process and its living descendants have used, microseconds; from the kernel's own accounting.
 * @source Linux `proc(5)`, fields 14 to 17 of `/proc/<pid>/stat`
 */
export async function cpuMicros(rootPids: readonly number[]): Promise<number> {
  const stats = await readAll();
  const family = new Set(rootPids);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, { parent }] of stats) {
      if (family.has(parent) && !family.has(pid)) {
        family.add(pid);
        grew = true;
      }
    }
  }
  let ticks = 0;
  for (const pid of family) ticks += stats.get(pid)?.ticks ?? 0;
  return (ticks / TICKS_PER_SECOND) * 1_000_000;
}

async function readAll(): Promise<Map<number, { parent: number; ticks: number }>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const stats = new Map<number, { parent: number; ticks: number }>();
  await Promise.all(pids.map(async (pid) => {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (text === undefined) return;
    // the command name stands in parentheses and may hold spaces
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // own time and that of children that were waited for, so that a backend that ended is not forgotten
    stats.set(Number(pid), { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) });
  }));
  return stats;
}
