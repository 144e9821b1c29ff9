import { type Answer, type Asked, type Route, require, type StaffVisit } from '#access'
import { type Copy, type CopyPlan, copies, copyPlan } from '#jobs'
import { DataTable, Panel, renderPage, Section, SummaryList, Tag } from '#ui'
import { copyStanding, momentWords } from './copy-rules.ts'

/** Where administrators read when the last good copy was. */
export const copiesAddress = '/organisations/copies'

const mayRead = 'change roles'

/** What an administrator is told on every page where copies cannot be relied on; nothing to anybody else. */
export async function copyWarning(visit: StaffVisit): Promise<string | undefined> {
  if (!visit.caller.activities.has(mayRead)) return undefined
  return copyStanding(await copyPlan(visit.db), await copies(visit.db), realNow()).isTold
}

// A disk is lost by the real clock, also where the installation stands on a day of its own.
const realNow = () => new Date()

async function show(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, mayRead)
  const [plan, made, now] = [await copyPlan(visit.db), await copies(visit.db), realNow()]
  const { isWell, heading, words } = copyStanding(plan, made, now)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Copies of this installation',
    lead: 'A copy is what brings every record back when a disk is lost.',
    text: 'reading',
    children: (
      <>
        <Panel kind={isWell ? 'neutral' : 'caution'} heading={heading}>
          <p>{words}</p>
        </Panel>
        {plan && 'into' in plan && <Where plan={plan} />}
        {made.length > 0 && <Made made={made} now={now} />}
      </>
    ),
  })
  return { kind: 'page', html }
}

function Where({ plan }: { readonly plan: Extract<CopyPlan, { into: string }> }) {
  return (
    <Section heading="Where they are, and what else you need">
      {plan.isSameDisk && (
        <Panel kind="caution" heading="They lie on the same disk as the installation">
          <p>
            A disk that fails takes both. Start the program with BACKUP naming a folder on another disk or
            machine.
          </p>
        </Panel>
      )}
      <SummaryList
        rows={[
          { label: 'Made', value: `Each night from 12:45am. The newest ${plan.nights} are kept` },
          { label: 'Folder', value: <code>{plan.into}</code> },
          {
            label: 'The keys',
            value: (
              <>
                <code>{plan.keys}</code>. They are in no copy, and none can be brought back without them: keep
                a copy of that folder in another place
              </>
            ),
          },
          {
            label: 'To bring one back',
            value: (
              <code>
                npm run -s keyworker -- restore {plan.into}/keyworker-… --keys FOLDER --data NEW-FOLDER
              </code>
            ),
          },
        ]}
      />
      <p>Bring one back into an empty folder once a quarter: a copy nobody has tried is a hope.</p>
    </Section>
  )
}

function Made({ made, now }: { readonly made: readonly Copy[]; readonly now: Date }) {
  return (
    <Section heading="Copies so far" count={made.length}>
      <DataTable
        caption="Copies so far"
        isCaptionHidden
        rows={made}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Begun', cell: ({ begunAt }) => momentWords(begunAt, now) },
          { head: 'How it ended', cell: Ending, width: 'wide' },
          {
            head: 'Size',
            isNumber: true,
            cell: ({ bytes }) =>
              bytes === undefined ? '' : `${Math.ceil(bytes / 1_048_576).toLocaleString('en-GB')} MB`,
          },
        ]}
      />
    </Section>
  )
}

function Ending({ outcome, words }: Copy) {
  switch (outcome) {
    case 'done':
      return <Tag colour="green">Good</Tag>
    case 'failed':
      return (
        <>
          <Tag colour="red">Failed</Tag> {words}
        </>
      )
    case 'deleted':
      return 'Good, and deleted: newer ones are kept'
    default:
      return 'Being made, or cut short when the program stopped'
  }
}

export const copyRoutes: readonly Route[] = [
  { method: 'GET', path: copiesAddress, may: mayRead, answer: show },
]
