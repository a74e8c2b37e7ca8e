import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { problemsDocument } from './problems.ts';

writeFileSync(join(import.meta.dirname, '../../docs/problems.md'), problemsDocument());
