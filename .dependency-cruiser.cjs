// Which folder may import which. Folders are layers; an arrow that is not listed here is not allowed.

const TEST = '\\.test\\.tsx?$';
const ALL = ['activities', 'api', 'bench', 'contracts', 'db', 'domain', 'tools', 'web', 'worker', 'workflows'];
// names and identifiers that callers of a workflow need
const MESSAGES = '^workflows/([^/]+/messages|[^/]+)\\.ts$';

/** Folders that a folder may import from; `types` with `import type` only. */
const ARROWS = {
  domain: { to: [] },
  contracts: { to: [], types: ['domain'] },
  db: { to: ['domain'] },
  workflows: { to: ['domain'], types: ['activities', 'contracts'] },
  activities: { to: ['contracts', 'domain', 'db'], types: ['workflows'] },
  worker: { to: ['activities', 'contracts', 'db', 'domain'], messages: true },
  api: { to: ['contracts', 'db', 'domain'], types: ['workflows'], messages: true },
  web: { to: ['contracts', 'domain'] },
  tools: { to: ['api', 'contracts', 'db', 'domain', 'activities'], messages: true },
  bench: { to: ['api', 'contracts', 'db', 'domain', 'tools', 'web'], messages: true },
};

const arrows = Object.entries(ARROWS).flatMap(([folder, { to, types = [], messages = false }]) => {
  const allowed = [folder, ...to];
  const elsewhere = ALL.filter((name) => !allowed.includes(name));
  const closed = elsewhere.filter((name) => !types.includes(name));
  const from = { path: `^${folder}/`, pathNot: TEST };
  const rule = (name, comment, target) => ({ name, severity: 'error', comment, from, to: target });
  const except = messages ? { pathNot: MESSAGES } : {};
  return [
    rule(`arrow-${folder}`, `${folder}/ imports from ${[...to, ...types].join(', ') || 'nothing'}`, { path: `^(${closed.join('|')})/`, ...except }),
    ...(types.length > 0
      ? [rule(`arrow-${folder}-types`, `${folder}/ imports only types from ${types.join(', ')}`, { path: `^(${types.join('|')})/`, dependencyTypesNot: ['type-only'], ...except })]
      : []),
  ];
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'two modules that need each other are one module',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'a module that nothing imports and that imports nothing is left over',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '(^|/)main\\.ts$', '^web/(sw/sw\\.ts|src/(entry-|routes/).*|build/test-setup\\.ts)$', TEST, '^[^/]+$'] },
      to: {},
    },
    {
      name: 'not-to-test',
      severity: 'error',
      comment: 'nothing but a test imports tests',
      from: { pathNot: ['^tests/', TEST] },
      to: { path: ['^tests/', TEST] },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      comment: 'what runs in production is in dependencies',
      from: { path: '^(activities|api|contracts|db|domain|worker|workflows)/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '/@types/' },
    },
    {
      name: 'not-unlisted',
      severity: 'error',
      comment: 'a package that is used is named in package.json',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'not-unresolved',
      severity: 'error',
      comment: 'an import that leads nowhere; the list of pages is made by the build',
      from: {},
      to: { couldNotResolve: true, pathNot: '^solid-start:routes$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|dist|web/dist|\\.data)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], mainFields: ['main', 'types'] },
  },
};
