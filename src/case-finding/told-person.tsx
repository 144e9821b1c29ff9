import { type Answer, type Asked, type Permit, permit, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { type Programme, programmes } from '#organisations'
import { aboutPerson } from '#people'
import { DocumentPage, DocumentPart, PrintButton, renderPage } from '#ui'
import { inUseFor } from './candidates.ts'
import { targetOf } from './model/targets.data.ts'
import { objectionsOf } from './objection.tsx'
import { currentRun, suggestionOf } from './store.ts'
import type { Run } from './types.ts'
import { capital, conditionWords, counted, sourcesOf } from './words.ts'

/**
 * One side of paper for the person: why their record was looked at, what was counted, who decides, how to put a fact
 * right and how to object. In plain words, for reading together.
 */
export async function showToldPerson(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', {
    may: 'add candidates',
    part: 'whole',
    purpose: 'the person’s own request',
    verb: 'tell the person why they were looked at',
  })
  const { banner, called } = await aboutPerson(visit, leave)
  const lists = await listsOf(visit, leave)
  const hasObjected = (await objectionsOf(visit, leave)).some(({ purpose }) => purpose === 'case-finding')
  const first = lists.find(({ found }) => found)
  const { emergencyAdmissions = 0, aeVisits = 0, conditions = [] } = first?.found?.suggestion ?? {}
  const told = first?.inUse && first.found?.evidence?.told
  const { hadPlainly } = targetOf(first?.inUse?.model.report ?? {})
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Why we looked at a record',
    isHeadingHidden: true,
    banner,
    back: { href: `/people/${leave.person}`, words: 'Back to the person' },
    acts: <PrintButton>Print</PrintButton>,
    children: (
      <DocumentPage
        heading={`Why we looked at your record: ${called}`}
        foot={`Printed on ${dateWords(visit.today)} for ${called}. It is about you: keep it where you wish.`}
      >
        <DocumentPart heading="What we did">
          <WhatWeDid lists={lists} hasObjected={hasObjected} />
        </DocumentPart>
        {first && (
          <DocumentPart heading="What it counted">
            <ul>
              {told
                ? told.reasons.map(({ family, words }) => <li key={family}>{words}</li>)
                : [
                    `${counted(emergencyAdmissions, 'emergency stay in hospital', 'emergency stays in hospital')} in 12 months`,
                    `${counted(aeVisits, 'visit to A&E', 'visits to A&E')} in 12 months`,
                    ...conditions.map(conditionWords),
                  ].map((words) => <li key={words}>{words}</li>)}
            </ul>
            {told && (
              <p>
                Of 100 people with a record like yours, about {Math.round(100 * told.risk)} {hadPlainly} in
                the next 12 months here. That is about people like you. It is not known for you.
              </p>
            )}
          </DocumentPart>
        )}
        <DocumentPart heading="Where it came from">
          <p>
            {sourcesWords(first ?? lists.find(({ run }) => run))} Your name and address are not used to put
            people in order.
          </p>
        </DocumentPart>
        <DocumentPart heading="If something is wrong">
          <p>
            Tell your practice which line. They put the record right, and the next list counts what is right.
          </p>
        </DocumentPart>
        <DocumentPart heading="If you do not want this">
          <p>
            Tell your practice or anybody who helps you that you object. You are then on no such list from
            that moment, and your care stays the same. You can change your mind. You can also complain: within
            30 days you are told that it has come.
          </p>
        </DocumentPart>
      </DocumentPage>
    ),
  })
  return { kind: 'page', html }
}

type OneList = {
  readonly programme: Programme
  readonly run?: Run
  readonly found?: Awaited<ReturnType<typeof suggestionOf>>
  readonly inUse?: Awaited<ReturnType<typeof inUseFor>>
}

/** The newest list of every programme, and what it has of the person. */
async function listsOf(visit: StaffVisit, leave: Permit<'whole'>): Promise<readonly OneList[]> {
  const lists: OneList[] = []
  for (const programme of await programmes(visit.db)) {
    const run = await currentRun(visit.db, programme.id)
    const found = run && (await suggestionOf(visit.db, leave, run.id))
    lists.push({ programme, run, found, inUse: await inUseFor(visit, run) })
  }
  return lists
}

function WhatWeDid({
  lists,
  hasObjected,
}: {
  readonly lists: readonly OneList[]
  readonly hasObjected: boolean
}) {
  const on = lists.filter(({ found }) => found)
  return (
    <>
      {on.length === 0 && (
        <p>
          A computer puts records in order, to find who may want more help at home. Yours is not on a list
          now.
          {hasObjected &&
            ' You have said that you do not want this, so nobody here can see whether it was on one before.'}
        </p>
      )}
      {on.map(({ programme, run }) =>
        run ? (
          <p key={programme.id}>
            On {dateWords(run.indexOn)} a computer put the records of {run.considered.toLocaleString('en-GB')}{' '}
            people in order, to find who may want more help at home. Yours was among the first{' '}
            {run.cut.toLocaleString('en-GB')}, whom {programme.template.name} looks at.
          </p>
        ) : null,
      )}
      <p>It decides nothing. A doctor of your practice looks, and asks you first.</p>
    </>
  )
}

/** What the order rests on, and what the doctor may also see. */
function sourcesWords(list?: OneList): string {
  if (!list?.run) return 'No records are loaded.'
  const { inOrder, beside } = sourcesOf(list.run, list.inUse !== undefined)
  const named = (sources: typeof inOrder) => sources.map(({ words }) => words).join(', ')
  const also = beside.length > 0 ? ` Also loaded, and of no part in the order: ${named(beside)}.` : ''
  return `${capital(named(inOrder))}.${also}`
}
