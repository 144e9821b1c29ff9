import type { Answer, Asked, Problem, StaffVisit } from '#access'
import { dateWords, type LondonDate } from '#calendar'
import { Button, HiddenFields, PostForm, renderPage } from '#ui'
import { addByHand } from './actions.ts'
import { JudgedFirst, ReasonFields, said, WordsField } from './decide.tsx'
import { addressOf, listText, readQuery } from './list-rules.ts'
import { objectsToLists } from './objects-store.ts'
import { type Opened, openPerson, seenIn } from './person.ts'
import { currentRun, suggestionOf } from './store.ts'

const look = { may: 'add candidates', verb: 'add somebody the list missed' } as const

/** Says how to add somebody: find them first, for only a person who is open can be added. */
export async function showHowToAdd(_: StaffVisit, asked: Asked): Promise<Answer> {
  const query = readQuery(asked.query)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Add someone the list missed',
    lead: 'The list counts hospital visits and recorded conditions. You know what it does not: carers, falls nobody recorded, people who stay away.',
    back: { href: addressOf(query), words: 'Back to the list' },
    children: (
      <ol className="nhsuk-list nhsuk-list--number">
        <li>
          <a href="/find">Find the person</a> by name, NHS number or postcode.
        </li>
        <li>On their page, choose “Add to the case-finding list” and say why.</li>
      </ol>
    ),
  })
  return { kind: 'page', html }
}

/** The form that adds the open person, with a coded reason. */
export async function showAdd(visit: StaffVisit, asked: Asked): Promise<Answer> {
  return { kind: 'page', html: await addPage(visit, asked, await openPerson(visit, asked, look)) }
}

async function addPage(
  visit: StaffVisit,
  asked: Asked,
  opened: Opened,
  problems?: readonly Problem[],
): Promise<string> {
  const { leave, programme, banner, name, seen, query, withUs, inForce } = opened
  const isAdded = inForce?.decision === 'added'
  const waitsSince = inForce ? undefined : await listedOn(visit, opened)
  const objects = await objectsToLists(visit.db, leave)
  return renderPage({
    furniture: asked.furniture,
    title: 'Add someone the list missed',
    heading: `Add ${name} to the list`,
    caption: programme.template.name,
    lead: 'A GP of the practice then judges, as for everybody on the list.',
    banner,
    back: { href: `/people/${leave.person}`, words: 'Back to the person' },
    problems,
    typed: problems && asked.form.typed,
    children: withUs ? (
      <p>
        {name} is with {withUs.ownerName} in {withUs.programmeName} already.
      </p>
    ) : objects ? (
      <p>
        {name} objects to being looked for, so no list would show {opened.them} to a GP. If {name} wants to be
        looked for after all, <a href={`/case-finding/${leave.person}/objection`}>see the objection</a> first.
      </p>
    ) : isAdded ? (
      <p>{name} has been added and waits for a decision.</p>
    ) : (
      <PostForm action={`/case-finding/${leave.person}/add`} personToken={leave.person}>
        {waitsSince && (
          <p>
            {name} is on the list of {dateWords(waitsSince)} already and waits for a decision. Adding puts{' '}
            {opened.them} first.
          </p>
        )}
        <JudgedFirst opened={opened} problems={problems} />
        <HiddenFields fields={{ programme: programme.key, seen: String(seen), list: listText(query) }} />
        <ReasonFields way="added" />
        <WordsField />
        <Button quickKey="S">{`Add ${name}`}</Button>
        <p className="kw-second">You can undo this for 7 days.</p>
      </PostForm>
    ),
  })
}

/** The day of the list that has the person already; of somebody held out it is not said. */
async function listedOn(visit: StaffVisit, { leave, programme }: Opened): Promise<LondonDate | undefined> {
  const run = await currentRun(visit.db, programme.id)
  const found = run && (await suggestionOf(visit.db, leave, run.id))
  return found && !found.suggestion.isHeldOut ? run?.indexOn : undefined
}

/** Keeps the addition and goes back to where the caller works: the list, or the person's page. */
export async function add(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const opened = await openPerson(visit, asked, look)
  const { leave, programme, query } = opened
  const outcome = await addByHand(visit, leave, {
    programmeId: programme.id,
    seen: seenIn(asked),
    reason: asked.form.text('reason-added'),
    words: asked.form.text('words'),
  })
  if (!outcome.ok) {
    const problems = outcome.problems.map(({ field, message }) => ({
      field: field === 'reason' ? 'reason-added' : field,
      message,
    }))
    return { kind: 'page', status: 422, html: await addPage(visit, asked, opened, problems) }
  }
  const judges = visit.caller.activities.has('judge candidates')
  const to = judges ? addressOf({ ...query, tab: 'added' }) : `/people/${leave.person}`
  const { saved, undo } = said(opened, 'added')
  return { kind: 'go', to, saved, ...(judges && { undo }) }
}
