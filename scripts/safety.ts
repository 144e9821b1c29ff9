// Writes SAFETY.md from safety/hazards.json. A test compares, so the page cannot drift from the file.
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')

export type Hazard = {
  readonly id: string
  readonly title: string
  readonly causes: readonly string[]
  readonly harm: string
  readonly severity: Severity
  readonly likelihood: Likelihood
  readonly control: string
  /** Exact titles of the tests that hold it down; none while the part it belongs to is not built. */
  readonly tests: readonly string[]
  readonly residualSeverity: Severity
  readonly residualLikelihood: Likelihood
  readonly status: 'held by tests' | 'partly held' | 'not built yet'
}

type Severity = 'Minor' | 'Significant' | 'Considerable' | 'Major' | 'Catastrophic'
type Likelihood = 'Very low' | 'Low' | 'Medium' | 'High' | 'Very high'

const severities: readonly Severity[] = ['Minor', 'Significant', 'Considerable', 'Major', 'Catastrophic']

// A look-up, not a multiplication: likelihood by severity.
const matrix: Readonly<Record<Likelihood, readonly number[]>> = {
  'Very high': [3, 4, 4, 5, 5],
  High: [2, 3, 3, 4, 5],
  Medium: [2, 2, 3, 3, 4],
  Low: [1, 2, 2, 3, 4],
  'Very low': [1, 1, 2, 2, 3],
}

/** The rating, 1 (acceptable) to 5 (unacceptable), as DCB0129's usual matrix has it. */
export const rating = (severity: Severity, likelihood: Likelihood): number =>
  matrix[likelihood][severities.indexOf(severity)] ?? 5

export const hazards: readonly Hazard[] = JSON.parse(readFileSync(join(root, 'safety/hazards.json'), 'utf8'))

/** The page, from the file. */
export function safetyPage(): string {
  const held = hazards.filter(({ status }) => status === 'held by tests').length
  return `# Safety

**Draft: no clinical safety officer has approved this.** Written from \`safety/hazards.json\` by
\`npx tsx scripts/safety.ts\`; a test fails when the two differ or when a test named here does not exist.

Keyworker's hazards, each with what holds it down. A rating is looked up (DCB0129 matrix): 5 unacceptable, 4 must be
removed or controlled, 3 undesirable, 2 acceptable, 1 acceptable. A residual rating assumes the control is there and its
test passes. ${held} of ${hazards.length} are held by tests; those of parts not built yet say so.

| id | hazard | first | control | held by | left | state |
|---|---|---|---|---|---|---|
${hazards.map(row).join('\n')}

To hand to the organisation that uses it: rota cover and escalation telephones, printing for a pause of the system,
training on what a rank means and does not mean, safe-contact practice, agreements with out of hours.
`
}

const row = (hazard: Hazard): string =>
  [
    '',
    hazard.id,
    `**${hazard.title}** ${hazard.causes.join(', ')}. Harm: ${hazard.harm}`,
    `${hazard.severity}, ${hazard.likelihood.toLowerCase()}: ${rating(hazard.severity, hazard.likelihood)}`,
    hazard.control,
    hazard.tests.length ? hazard.tests.map((test) => `“${test}”`).join('; ') : '–',
    hazard.status === 'held by tests'
      ? `${hazard.residualSeverity}, ${hazard.residualLikelihood.toLowerCase()}: ${rating(hazard.residualSeverity, hazard.residualLikelihood)}`
      : '–',
    hazard.status,
    '',
  ]
    .join(' | ')
    .trim()

if (process.argv[1]?.endsWith('safety.ts')) writeFileSync(join(root, 'SAFETY.md'), safetyPage())
