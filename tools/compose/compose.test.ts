import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { readConfig as readApiConfig } from '#api/config.ts';
import { ROOT } from '#tools/config.ts';
import { PROGRAMS } from '#tools/servers/catalogue.ts';
import { readConfig as readWorkerConfig } from '#worker/config.ts';

const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const example = readFileSync(join(ROOT, '.env.example'), 'utf8');
const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');

/** The variables of a service, those of its anchor included. */
function environmentOf(service: string): Record<string, string> {
  const anchors = service === 'api' ? ['x-app-environment'] : ['x-app-environment', 'x-worker-environment'];
  const blocks = [...anchors.map((name) => block(compose, `${name}:`, '')), block(block(compose, `${service}:`, '  '), 'environment:', '    ')];
  const lines = blocks.flatMap((text) => text.split('\n')).flatMap((line) => /^\s+([A-Z_]+): "?(.*?)"?$/.exec(line)?.slice(1) ?? []);
  return Object.fromEntries(Array.from({ length: lines.length / 2 }, (_, index) => [lines[index * 2] ?? '', filledIn(lines[index * 2 + 1] ?? '')]));
}

/** The variables that the image itself sets. */
function imageEnvironment(): Record<string, string> {
  const last = dockerfile.match(/^ENV .*HOLDFAST_DATA.*$/m)?.[0] ?? '';
  return Object.fromEntries([...last.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]));
}

function block(text: string, head: string, indent: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`${indent}${head}`));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.trim() !== '' && !line.startsWith(`${indent} `));
  return rest.slice(0, end === -1 ? undefined : end).join('\n');
}

function filledIn(value: string): string {
  return value.replace(/\$\{(\w+)(?::-([^}]*))?(?::\?[^}]*)?\}/g, (_, name: string, fallback?: string) => fallback ?? (name.endsWith('_URL') ? 'https://exams.example.edu' : 'n0123456789012345678901234567890123456789'));
}

describe('docker-compose.yml', () => {
  it('runs the versions that the other installations run', () => {
    expect(compose).toContain(`image: nats:${PROGRAMS['nats-server'].version}-alpine`);
    expect(compose).toContain(`image: livekit/livekit-server:v${PROGRAMS['livekit-server'].version}`);
    expect(dockerfile).toContain('FROM node:24-');
    expect(compose).toMatch(/image: postgres:18\./);
  });

  it('gives the API settings that it accepts', () => {
    const config = readApiConfig({ ...imageEnvironment(), ...environmentOf('api') });
    expect(config).toMatchObject({ host: '0.0.0.0', port: 8080, publicUrl: 'https://exams.example.edu', temporalAddress: 'temporal:7233', registration: false, trustProxy: true });
  });

  it.each([['worker', 'core'], ['worker-grading', 'grading']])('gives %s settings that it accepts', (service, role) => {
    expect(readWorkerConfig({ ...imageEnvironment(), ...environmentOf(service) })).toMatchObject({ role, temporalAddress: 'temporal:7233' });
  });

  it('asks for every secret, and the example names each variable', () => {
    const named = new Set([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name));
    const used = new Set([...compose.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
    expect([...used].filter((name) => !named.has(name) && name !== 'LOG_LEVEL')).toEqual([]);
    const secrets = [...used].filter((name) => /PASSWORD|SECRET$|SIGNING_KEY/.test(name ?? ''));
    for (const name of secrets) expect(compose).not.toMatch(new RegExp(`\\$\\{${name}(?!:\\?)`));
    expect(secrets.length).toBeGreaterThanOrEqual(8);
  });
});
