import { type Answer, type Asked, require, type StaffVisit } from '#access'
import { londonDate, shortDateWords } from '#calendar'
import { Button, DataTable, EmptyState, Panel, renderPage, Section, Tag } from '#ui'
import { coverAddress } from './cover-page.tsx'
import { mayHandOver } from './hand-over-actions.ts'
import { type CaseManagerHere, handOverReasons, type LeftCaseManager } from './hand-over-rules.ts'
import { caseManagersHere, type HandedOver, handOversAt } from './hand-over-store.ts'

export const handOverAddress = '/my-people/hand-over'

/** Whose people are handed over: everybody who is somebody's case manager here, those who have left first. */
export async function showHandOvers(visit: StaffVisit, asked: Asked): Promise<Answer> {
  require(visit, mayHandOver)
  const { caller, db } = visit
  const here = (await caseManagersHere(db)).toSorted((a, b) => Number(a.isHere) - Number(b.isHere))
  const left = here.filter(({ isHere }) => !isHere)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Hand a caseload over',
    caption: caller.organisation.name,
    lead:
      left.length > 0
        ? leftWords(left)
        : 'For somebody who leaves for good or for long. Everybody they hold gets a named case manager in their place.',
    back: { href: '/my-people', words: 'Back to my people' },
    children: (
      <>
        <p>
          Away for some days? <a href={coverAddress}>Write down who covers</a> instead: nothing changes hands.
        </p>
        <Section heading="Whose people are handed over?" count={here.length}>
          {here.length === 0 ? (
            <EmptyState says="Nobody here is anybody’s case manager yet." />
          ) : (
            <WhoHolds here={here} />
          )}
        </Section>
        <Done handed={await handOversAt(db, caller.organisation.id)} visit={visit} />
      </>
    ),
  })
  return { kind: 'page', html }
}

function WhoHolds({ here }: { readonly here: readonly CaseManagerHere[] }) {
  return (
    <DataTable
      caption="Case managers here"
      isCaptionHidden
      rows={here}
      keyOf={({ staffId }) => staffId}
      columns={[
        {
          head: 'Case manager',
          cell: ({ name, isHere }) => (
            <>
              {name} {!isHere && <Tag colour="orange">No longer works here</Tag>}
            </>
          ),
        },
        { head: 'Open episodes', isNumber: true, cell: ({ held }) => held },
        {
          head: 'Hand over',
          isHeadHidden: true,
          cell: ({ staffId, name }) => (
            <Button
              kind="secondary"
              isSmall
              href={`${handOverAddress}/${staffId}`}
              about={`the people of ${name}`}
            >
              Hand over
            </Button>
          ),
        },
      ]}
    />
  )
}

function Done({ handed, visit }: { readonly handed: readonly HandedOver[]; readonly visit: StaffVisit }) {
  if (handed.length === 0) return null
  return (
    <Section heading="Handed over" count={handed.length}>
      <DataTable
        caption="What was handed over"
        isCaptionHidden
        rows={handed}
        keyOf={({ id }) => id}
        columns={[
          { head: 'When', cell: ({ madeAt }) => shortDateWords(londonDate(madeAt), visit.today) },
          { head: 'From', cell: ({ fromName }) => fromName },
          { head: 'Episodes', isNumber: true, cell: ({ episodes }) => episodes },
          { head: 'Tasks', isNumber: true, cell: ({ tasks }) => tasks },
          { head: 'Actions of plans', isNumber: true, cell: ({ actions }) => actions },
          { head: 'Why', cell: ({ reason }) => handOverReasons.find(({ code }) => code === reason)?.words },
          { head: 'Written down by', cell: ({ madeByName }) => madeByName },
        ]}
      />
    </Section>
  )
}

const sumOf = (left: readonly LeftCaseManager[]) => left.reduce((sum, { held }) => sum + held, 0)

function leftWords(left: readonly LeftCaseManager[]): string {
  const held = sumOf(left)
  return `${held} open ${held === 1 ? 'episode is' : 'episodes are'} in the name of ${left.map(({ name }) => name).join(' and ')}, who no longer ${left.length === 1 ? 'works' : 'work'} here.`
}

/** Says that people are in the name of somebody who has left, to everybody of the place, until they are handed over. */
export function LeftNote(props: { readonly left: readonly LeftCaseManager[]; readonly visit: StaffVisit }) {
  const { left } = props
  if (left.length === 0) return null
  const may = props.visit.caller.activities.has(mayHandOver)
  return (
    <Panel kind="caution" heading="A case manager has left, and their people have nobody">
      <p>
        {leftWords(left)} What is due for them stands in nobody’s day.{' '}
        {may ? (
          <a href={handOverAddress}>Hand their people over</a>
        ) : (
          'Ask a case manager or your team lead to hand their people over.'
        )}
      </p>
    </Panel>
  )
}
