import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { programmes } from '#organisations'
import { DataTable, EmptyState, renderPage, Section } from '#ui'
import { inUseFor, programmeFor } from './candidates.ts'
import { AfterAccepted } from './equity-after.tsx'
import { groupLines, shownWords } from './equity-rules.ts'
import { rateWords } from './equity-words.ts'
import { FlagsByGroup } from './flags/flags-by-group.tsx'
import { type FlagCount, flagCountsOf } from './flags/group-store.ts'
import { groupNames, type NameOf } from './group-names.ts'
import { type GroupCount, groupsOf } from './group-store.ts'
import { LaterPart } from './later/later-part.tsx'
import { laterLines } from './later/rules.ts'
import { laterOf } from './later/store.ts'
import { AgreementInAll, LaterByReason, LooksStamped } from './ledger/parts.tsx'
import { reasonLines } from './ledger/rules.ts'
import { agreementsOf, pacesOf, reasonsLaterOf } from './ledger/store.ts'
import { in100, intervalWords } from './model/report-words.ts'
import { targetOf } from './model/targets.data.ts'
import type { TrainingReport } from './model/types.ts'
import { groupVerdict } from './model/verdict.ts'
import { Moved } from './movement.tsx'
import { movementOf } from './movement-store.ts'
import { ProgrammeChips } from './programme-chips.tsx'
import { currentRun } from './store.ts'
import type { Run } from './types.ts'
import { capital, counted } from './words.ts'

/** Who a programme's list finds, who is judged and who accepted, by group; and whom its numbers serve badly. */
export async function showEquity(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const programme = await programmeFor(visit, asked.query.text('programme'))
  const run = programme && (await currentRun(visit.db, programme.id))
  const groups = run ? await groupsOf(visit.db, run.id) : []
  const flags = run ? await flagCountsOf(visit.db, run.id) : []
  const inUse = await inUseFor(visit, run)
  const nameOf = await groupNames(visit.db)
  // A practice reads its own, to the last one, on its ledger: by everybody's it could work the others' out.
  const later =
    run && !visit.caller.activities.has('judge candidates')
      ? laterLines(await laterOf(visit.db, run.id), false)
      : undefined
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Who is found, and who is missed',
    caption: programme && run && `${programme.template.name}, list of ${dateWords(run.indexOn)}`,
    lead: (
      <>
        {run && (
          <>
            <b>{foundWords(run)}</b>{' '}
          </>
        )}
        A list that is right on average may still miss a group. Look for a group whose range is below that.
      </>
    ),
    back: backFor(visit, programme?.key ?? ''),
    isStamped: true,
    children: (
      <>
        <ProgrammeChips
          all={await programmes(visit.db)}
          chosen={programme}
          hrefFor={(key) => `/case-finding/equity?programme=${key}`}
        />
        {programme && (
          <p>
            <a href={`/case-finding/profile?programme=${programme.key}`}>
              High-risk people against everybody
            </a>
          </p>
        )}
        {run && visit.caller.activities.has('approve lots') && (
          <LooksStamped paces={await pacesOf(visit.db, run.id)} nameOf={nameOf} />
        )}
        {groups.length === 0 ? (
          <EmptyState says="No list has been counted by group yet. It is with the next ranking." />
        ) : (
          splits.map((by) => (
            <Split
              key={by}
              by={by}
              groups={groups.filter((group) => group.by === by)}
              flags={flags.filter((count) => count.by === by)}
              nameOf={nameOf}
            />
          ))
        )}
        {run && <Moved moved={await movementOf(visit.db, run)} />}
        {inUse && <Missed report={inUse.model.report} nameOf={nameOf} />}
        {run && later && <LaterPart lines={later} run={run} />}
        {run && later && <LaterByReason lines={reasonLines(await reasonsLaterOf(visit.db, run.id), false)} />}
        {run && later && <AgreementInAll practices={await agreementsOf(visit.db, run.id)} />}
        <p className="kw-second">
          Counts of people under 8 are not told, nor any that would give one away. A rate needs 10 people. A
          group found less often is not by itself served badly: it may need less. It is a reason to look.
        </p>
      </>
    ),
  })
  return { kind: 'page', html }
}

const splits = ['Age', 'Sex', 'Ethnicity', 'Deprivation', 'Rurality', 'Practice'] as const

// The list is a practice's own: whoever works at none goes back to the models.
const backFor = ({ caller }: StaffVisit, key: string) =>
  caller.activities.has('judge candidates')
    ? { href: `/case-finding?programme=${key}`, words: 'Back to the list' }
    : { href: '/models', words: 'Models' }

const foundWords = ({ considered, cut }: Run) =>
  `${cut.toLocaleString('en-GB')} of ${counted(considered, 'adult', 'adults')} considered are found: ${Math.round((1000 * cut) / Math.max(1, considered))} of 1,000.`

function Split(props: {
  readonly by: string
  readonly groups: readonly GroupCount[]
  readonly flags: readonly FlagCount[]
  readonly nameOf: NameOf
}) {
  const { by, groups, flags, nameOf } = props
  if (groups.length === 0) return null
  return (
    <Section heading={by} isRuled={false}>
      <DataTable
        caption={`Who is found, by ${by.toLowerCase()}`}
        isCaptionHidden
        rows={groupLines(groups)}
        keyOf={({ group }) => `${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ group }) => nameOf(group), width: 'middle' },
          { head: 'Considered', cell: ({ considered }) => shownWords(considered), isNumber: true },
          { head: 'Found', cell: ({ found }) => shownWords(found), isNumber: true },
          {
            head: 'Found of 1,000',
            cell: ({ foundOf1000, considered, found }) => rateWords(foundOf1000, considered, found),
            isNumber: true,
          },
          { head: 'Judged', cell: ({ judged }) => shownWords(judged), isNumber: true },
          { head: 'Accepted', cell: ({ accepted }) => shownWords(accepted), isNumber: true },
          {
            head: 'Accepted of 100 judged',
            cell: ({ acceptedOf100, judged, accepted }) => rateWords(acceptedOf100, judged, accepted),
            isNumber: true,
          },
        ]}
      />
      <AfterAccepted by={by} groups={groups} nameOf={nameOf} />
      <FlagsByGroup by={by} counts={flags} nameOf={nameOf} />
    </Section>
  )
}

/** Of 100 to whom what the model is of happened, how many the model's list missed, by group, beside whether its numbers are right there. */
function Missed({ report, nameOf }: { readonly report: TrainingReport; readonly nameOf: NameOf }) {
  const { those, past } = targetOf(report)
  const rows = report.figures.subgroups.filter(({ sensitivity }) => sensitivity)
  return (
    <Section heading="Missed by the model, in the year it was tested on" isRuled={false}>
      <DataTable
        caption="Missed by the model, by group"
        isCaptionHidden
        rows={rows}
        keyOf={({ by, group }) => `missed-${by}-${group}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}
        columns={[
          { head: 'Group', cell: ({ group }) => nameOf(group) },
          {
            head: `Of 100 ${those}, missed`,
            cell: ({ sensitivity }) =>
              sensitivity
                ? `${in100(1 - sensitivity.value)} (${intervalWords({ ...sensitivity, low: 1 - (sensitivity.high ?? 1), high: 1 - (sensitivity.low ?? 0) }, 0, 100)})`
                : 'too few',
          },
          {
            head: `${capital(past)} against expected`,
            cell: ({ observedOverExpected: ratio }) =>
              ratio ? `${ratio.value.toFixed(2)} (${intervalWords(ratio)})` : 'too few',
          },
          { head: 'Verdict', cell: (group) => groupVerdict(group) },
        ]}
      />
    </Section>
  )
}
