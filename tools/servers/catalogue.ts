/** A server program and where it comes from. */
export interface Program {
  readonly name: ProgramName;
  readonly version: string;
  /** Folder below `tools/` with the `go.mod` or `pom.xml` that pins it. */
  readonly module: string;
  /** What it is for, in a progress line. */
  readonly purpose: string;
  readonly source: GoSource | MavenSource;
}

/** Built with Go; `go.sum` checks every byte. */
export interface GoSource {
  readonly kind: 'go';
  readonly package: string;
  /** Variable that the version is written into, where the program does not carry it. */
  readonly versionVariable?: string;
}

/** Java libraries fetched by Maven, started by a script. */
export interface MavenSource {
  readonly kind: 'maven';
}

export type ProgramName = 'nats-server' | 'temporal-server' | 'temporal-sql-tool' | 'temporal' | 'temporal-test-server' | 'livekit-server';

/** The oldest Go that the modules below `tools/` accept, and the one that is fetched when there is none. */
export const GO = { atLeast: [1, 26, 4], fetched: '1.26.6' } as const;

/** Every server program with its pinned version. */
export const PROGRAMS: Readonly<Record<ProgramName, Program>> = {
  'nats-server': {
    name: 'nats-server',
    version: '2.12.1',
    module: 'nats',
    purpose: 'wake-ups between processes',
    source: { kind: 'go', package: 'github.com/nats-io/nats-server/v2' },
  },
  'temporal-server': {
    name: 'temporal-server',
    version: '1.31.2',
    module: 'temporal',
    purpose: 'durable workflows',
    source: { kind: 'go', package: 'go.temporal.io/server/cmd/server' },
  },
  'temporal-sql-tool': {
    name: 'temporal-sql-tool',
    version: '1.31.2',
    module: 'temporal',
    purpose: 'the tables of Temporal',
    source: { kind: 'go', package: 'go.temporal.io/server/cmd/tools/sql' },
  },
  temporal: {
    name: 'temporal',
    version: '1.8.2',
    module: 'temporal',
    purpose: 'the Temporal server of the tests',
    source: { kind: 'go', package: 'github.com/temporalio/cli/cmd/temporal', versionVariable: 'github.com/temporalio/cli/internal/temporalcli.Version' },
  },
  'temporal-test-server': {
    name: 'temporal-test-server',
    version: '1.38.0',
    module: 'test-server',
    purpose: 'workflow tests that skip time',
    source: { kind: 'maven' },
  },
  'livekit-server': {
    name: 'livekit-server',
    version: '1.13.5',
    module: 'livekit',
    purpose: 'video',
    source: { kind: 'go', package: 'github.com/livekit/livekit-server/cmd/server' },
  },
};

/** What `npm start` runs beside PostgreSQL. */
export const STACK_PROGRAMS: readonly ProgramName[] = ['nats-server', 'temporal-server', 'temporal-sql-tool'];

/** What the tests need beyond that. */
export const TEST_PROGRAMS: readonly ProgramName[] = [...STACK_PROGRAMS, 'temporal', 'temporal-test-server'];
