import { dateWords, type LondonDate } from '#calendar'
import { DataTable, Details, dots100, Section } from '#ui'
import type { InUse } from './candidates.ts'
import { checkedWords } from './checked-words.ts'
import type { Evidence } from './evidence-store.ts'
import { measurementCodes } from './model/code-lists.data.ts'
import type { Family } from './model/features.data.ts'
import type { Told, ToldReason } from './model/scoring.ts'
import { targetOf } from './model/targets.data.ts'
import type { Run } from './types.ts'
import { conditionRecordWords, stayWords } from './why-records.tsx'

/**
 * The number about one person, what pushes it up and pulls it down, each opening its dated records. Only of a model
 * trained and tested here and in use.
 */
export function Numbered(props: {
  readonly told: Told
  readonly evidence: Evidence
  readonly run: Run
  readonly inUse: InUse
  readonly them: string
}) {
  const { told, evidence, run, inUse } = props
  const count = Math.round(100 * told.risk)
  const { had, did } = targetOf(inUse.model.report)
  const [up, down] = [
    told.reasons.filter(({ part }) => part > 0),
    told.reasons.filter(({ part }) => part < 0),
  ]
  return (
    <>
      {dots100({ name: `People with a record like this who ${had}, of 100`, count })}
      <p className="kw-lead">
        <b>About {count} in 100 people with a record like this</b> {had} in the following 12 months here; for
        this age and sex, {told.usualIn100} in 100.
      </p>
      <p className="kw-second">
        {checkedWords(told.risk, inUse.model.report.figures, did)} It is of a group of people: it says nothing
        certain of {props.them}. Records to {dateWords(run.coveredTo)}.{' '}
        <a href={`/models/${inUse.model.id}`}>How good is this?</a>
      </p>
      {told.isShort && (
        <p className="kw-second">Registered here for less than 12 months: the records may be short.</p>
      )}
      <Pushes heading="What pushes it up" reasons={up} evidence={evidence} run={run} />
      <Pushes heading="What pulls it down" reasons={down} evidence={evidence} run={run} />
      <p className="kw-second">
        Told against the usual record of people of the same age and sex. A reason is not a cause. Changing one
        of these does not by itself change the number.
      </p>
    </>
  )
}

function Pushes(props: {
  readonly heading: string
  readonly reasons: readonly ToldReason[]
  readonly evidence: Evidence
  readonly run: Run
}) {
  const { heading, reasons, evidence, run } = props
  if (reasons.length === 0) return null
  return (
    <Section heading={heading}>
      <DataTable
        caption={heading}
        isCaptionHidden
        rows={reasons}
        keyOf={({ family }) => family.toLowerCase().replaceAll(/[^a-z]+/g, '-')}
        columns={[
          { head: 'How much', cell: ({ howMuch }) => <b>{howMuch}</b>, width: 'narrow' },
          { head: 'Reason', cell: (reason) => <Reason reason={reason} evidence={evidence} run={run} /> },
        ]}
      />
    </Section>
  )
}

function Reason(props: { readonly reason: ToldReason; readonly evidence: Evidence; readonly run: Run }) {
  const { reason, evidence, run } = props
  const words = `${reason.words.charAt(0).toUpperCase()}${reason.words.slice(1)}`
  const { records, source } = recordsOf(reason.family, evidence, run)
  if (records.length === 0) {
    return (
      <>
        {words}. <span className="kw-second">No dated record is behind this.</span>
      </>
    )
  }
  return (
    <Details summary={words}>
      <ul className="nhsuk-list nhsuk-list--bullet">
        {records.map((record) => (
          <li key={record}>{record}</li>
        ))}
      </ul>
      <p className="kw-second">{source}</p>
    </Details>
  )
}

type Records = { readonly records: readonly string[]; readonly source: string }

/** The dated records a family's sentence stands on, each once. */
function recordsOf(family: Family, evidence: Evidence, run: Run): Records {
  const on = (words: string, files: readonly string[]) =>
    `From ${words}${
      run.sources
        .filter(({ source }) => files.includes(source))
        .map(({ coveredTo }) => `, to ${dateWords(coveredTo)}`)
        .at(0) ?? ''
    }`
  const found = (records: readonly string[], source: string): Records => ({
    records: [...new Set(records)],
    source,
  })
  switch (family) {
    case 'Emergency admissions':
      return found(
        (evidence.stays ?? []).filter(({ isEmergency }) => isEmergency).map(stayWords),
        on('hospital records', ['inpatient']),
      )
    case 'A&E':
      return found(
        (evidence.visits ?? []).map(
          ({ on: day, byAmbulance }, at) =>
            `${dateWords(day)}${byAmbulance ? ', by ambulance' : ''}${sameDay(evidence.visits ?? [], at)}`,
        ),
        on('A&E records', ['emergency_department']),
      )
    case 'GP contacts':
      return found(
        [
          ...(evidence.gp ?? []).map(
            ({ on: day, kind }, at) =>
              `${dateWords(day)}, ${kind ?? 'contact'}${sameDay(evidence.gp ?? [], at)}`,
          ),
          ...(evidence.outpatient ?? []).map(
            ({ on: day, specialty, attended }) =>
              `${dateWords(day)}, outpatient appointment${specialty ? `, specialty ${specialty}` : ''}${attended === false ? ', missed' : ''}`,
          ),
        ],
        on('the GP record and outpatients', ['gp_contacts', 'outpatient']),
      )
    case 'Medicines':
      return found(
        (evidence.medicines ?? []).map(
          ({ on: day, code, times }) =>
            `${code}, issued ${times} ${times === 1 ? 'time' : 'times'} in 12 months, last ${dateWords(day)}`,
        ),
        `${on('the GP record', ['prescriptions'])}. Codes are of the BNF`,
      )
    case 'Conditions':
      return found((evidence.conditions ?? []).map(conditionRecordWords), on('the GP record', ['conditions']))
    case 'Frailty and test results':
      return found((evidence.tests ?? []).flatMap(testWords), on('the GP record', ['measurements']))
    case 'Home and care':
      return found(
        (evidence.care ?? []).map(
          ({ on: day, until, package: what, hours }) =>
            `${what ?? 'Social care'} from ${dateWords(day)}${until ? ` to ${dateWords(until)}` : ''}${hours ? `, ${hours} hours a week` : ''}`,
        ),
        on('social care', ['social_care']),
      )
    default:
      return { records: [], source: '' }
  }
}

const sameDay = (all: readonly { readonly on: LondonDate }[], at: number) => {
  const before = all.slice(0, at).filter(({ on }) => on === all[at]?.on).length
  return before > 0 ? `, number ${before + 1} that day` : ''
}

const testNames: Readonly<Record<string, string>> = {
  [measurementCodes.haemoglobin]: 'Haemoglobin',
  [measurementCodes.egfr]: 'Kidney function (eGFR)',
  [measurementCodes.sodium]: 'Sodium',
  [measurementCodes.albumin]: 'Albumin',
}

const testWords = ({ on, code, value, unit }: NonNullable<Evidence['tests']>[number]): readonly string[] => {
  const name = testNames[code]
  return name ? [`${name} ${value}${unit ? ` ${unit}` : ''} on ${dateWords(on)}`] : []
}
