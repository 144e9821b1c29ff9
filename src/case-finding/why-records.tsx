import { dateWords, daysBetween, type LondonDate, shortDateWords } from '#calendar'
import { DataTable, Details, Section } from '#ui'
import { conditionGroups } from './condition-groups.data.ts'
import type { ConditionRecord, Evidence, StayRecord, UseOfQuarter } from './evidence-store.ts'
import type { Run, Suggestion } from './types.ts'
import { capital, conditionWords, counted } from './words.ts'

type Reason = { readonly words: string; readonly records?: readonly string[]; readonly source: string }

const lookBackDays = 365

/** What the rule counted, each reason opening its dated records and saying where they come from. */
export function Reasons(props: {
  readonly suggestion: Suggestion
  readonly evidence?: Evidence
  readonly run: Run
  readonly today: LondonDate
}) {
  const { suggestion, evidence, run, today } = props
  const reasons = reasonsWithRecords(suggestion, evidence, run)
  return (
    <Section heading="What the rule counted">
      {reasons.map(({ words, records, source }) =>
        records && records.length > 0 ? (
          <Details key={words} summary={words}>
            <ul className="nhsuk-list nhsuk-list--bullet">
              {records.map((record) => (
                <li key={record}>{record}</li>
              ))}
            </ul>
            <p className="kw-second">{source}</p>
          </Details>
        ) : (
          <p key={words}>
            {words}. <span className="kw-second">{records ? 'No dated record is behind this.' : source}</span>
          </p>
        ),
      )}
      <p className="kw-second">
        A reason is not a cause. Only the 365 days before {shortDateWords(run.indexOn, today)} are counted,
        and conditions recorded before it.
      </p>
    </Section>
  )
}

/** The reasons in the order the rule counts them, with the records each stands on. */
function reasonsWithRecords(
  suggestion: Suggestion,
  evidence: Evidence | undefined,
  run: Pick<Run, 'indexOn' | 'sources'>,
): readonly Reason[] {
  const { emergencyAdmissions, aeVisits, conditions } = suggestion
  const isCounted = ({ on }: { readonly on: LondonDate }) => daysBetween(on, run.indexOn) <= lookBackDays
  const source = (file: string, words: string) => {
    const linked = run.sources.find((one) => one.source === file)
    return linked ? `From ${words}, to ${dateWords(linked.coveredTo)}` : `${words}: not linked`
  }
  return [
    {
      words: counted(emergencyAdmissions, 'emergency admission', 'emergency admissions'),
      records: evidence?.stays?.filter((stay) => stay.isEmergency && isCounted(stay)).map(stayWords),
      source: source('inpatient', 'hospital records'),
    },
    {
      words: counted(aeVisits, 'A&E visit', 'A&E visits'),
      records: evidence?.visits
        ?.filter(isCounted)
        .map(
          ({ on, byAmbulance }, at) =>
            `${dateWords(on)}${byAmbulance ? ', by ambulance' : ''}${again(evidence, on, at)}`,
        ),
      source: source('emergency_department', 'A&E records'),
    },
    ...conditions.map((key) => ({
      words: capital(conditionWords(key)),
      records: evidence?.conditions
        ?.filter((record) => isOfGroup(key, record.system, record.code))
        .map(conditionRecordWords),
      source: source('conditions', 'the GP record'),
    })),
  ]
}

// Two visits on one day are two records: without a mark they would read as one.
const again = (evidence: Evidence, on: LondonDate, at: number) => {
  const before = evidence.visits?.slice(0, at).filter((visit) => visit.on === on).length ?? 0
  return before > 0 ? `, visit ${before + 1} that day` : ''
}

/** A recorded condition, as a line says it: the load's own code. */
export const conditionRecordWords = ({ on, system, code }: ConditionRecord): string =>
  `Recorded ${dateWords(on)} (${systemWords[system] ?? system} ${code})`

const systemWords: Readonly<Record<string, string>> = { snomed: 'SNOMED CT', icd10: 'ICD-10' }
/** A stay in hospital, as a line says it. */
export function stayWords({ on, until, diagnosis, provider }: StayRecord): string {
  const nights = until && counted(daysBetween(on, until), 'night', 'nights')
  return [
    until ? `${dateWords(on)} to ${dateWords(until)}` : `From ${dateWords(on)}, not ended in the records`,
    nights,
    diagnosis && `main diagnosis ICD-10 ${diagnosis}`,
    provider && `hospital ${provider}`,
  ]
    .filter(Boolean)
    .join(', ')
}

function isOfGroup(key: string, system: string, code: string): boolean {
  const group = conditionGroups.find((one) => one.key === key)
  if (system === 'snomed') return group?.snomed.includes(code) ?? false
  const plain = code.replace('.', '')
  return system === 'icd10' && (group?.icd10.some((begins) => plain.startsWith(begins)) ?? false)
}

const uses = [
  { head: 'Nights in hospital', of: ({ nights }: UseOfQuarter) => nights },
  { head: 'A&E visits', of: ({ aeVisits }: UseOfQuarter) => aeVisits },
  { head: 'GP contacts', of: ({ gpContacts }: UseOfQuarter) => gpContacts },
  { head: 'Medicines', of: ({ medicines }: UseOfQuarter) => medicines },
]

/** Use of services over 3 years, 3 months a row, newest first. A source that is not linked says so, never nought. */
export function UseOfServices(props: { readonly evidence?: Evidence; readonly indexOn: LondonDate }) {
  const { evidence, indexOn } = props
  if (!evidence) return null
  const rows = [...evidence.quarters].reverse()
  return (
    <Section heading="Use of services over 3 years">
      <DataTable
        caption={`Use of services in quarters before ${dateWords(indexOn)}`}
        isCaptionHidden
        rows={rows}
        keyOf={({ from }) => `from-${from}`}
        columns={[
          { head: '3 months from', cell: ({ from }) => dateWords(from), width: 'narrow' },
          ...uses.map(({ head, of }) => ({
            head,
            isNumber: true,
            cell: (row: UseOfQuarter) => of(row)?.toLocaleString('en-GB') ?? 'Not linked',
          })),
        ]}
      />
    </Section>
  )
}
