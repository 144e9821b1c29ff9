import {
  type Answer,
  type Asked,
  isReference,
  newId,
  type Problem,
  permit,
  requireSamePerson,
  type StaffVisit,
} from '#access'
import { aboutPerson, personTabs } from '#people'
import {
  Button,
  Details,
  EmptyState,
  HiddenFields,
  PostForm,
  Radios,
  renderPage,
  Select,
  TextField,
} from '#ui'
import { lendKit, mayLend } from './actions.ts'
import { kitAt } from './store.ts'
import { isTyped, readWhen, WhenField } from './when.tsx'

const opening = { may: mayLend, part: 'whole', purpose: 'direct care', verb: 'lend kit' } as const

/** The form that lends kit: the serial is read from the kit, with whoever takes it. */
export async function showLend(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const leave = await permit(visit, asked.params.person ?? '', opening)
  const about = await aboutPerson(visit, leave)
  const kit = await kitAt(visit.db, visit.caller.organisation.id)
  const sent = asked.form.text('id')
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Lend kit',
    heading: `Lend kit to ${about.called}`,
    banner: about.banner,
    tabs: personTabs(visit, leave.person),
    back: { href: `/people/${leave.person}/kit`, words: `Kit ${about.called} has` },
    lead: 'From this moment, what its product sends goes to their case manager. Read the serial aloud with them.',
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children:
      kit.length === 0 ? (
        <EmptyState says="No kit is written down here yet.">
          <Button href="/kit#add">Add kit</Button>
        </EmptyState>
      ) : (
        <PostForm action={`/people/${leave.person}/kit/lend`} personToken={leave.person}>
          <HiddenFields fields={{ id: isReference(sent) ? sent : newId() }} />
          <Select
            name="kit"
            label="Which kit?"
            prompt="Select the kit"
            choices={kit.map(({ id, kind, serial, isOut }) => ({
              value: id,
              words: `${kind}, serial ${serial}${isOut ? ' (somebody has it now)' : ''}`,
            }))}
          />
          <TextField
            name="serial"
            label="What serial is on the kit?"
            hint="Read it from the kit itself, not from this page"
            widthChars={20}
          />
          <Radios
            name="checked"
            label="Whom did you read it back to?"
            choices={[
              { value: 'the person', words: about.called },
              { value: 'a carer', words: 'A carer, who will use it with them' },
            ]}
          />
          <WhenField
            name="from"
            label="On which day was it handed over?"
            clock="At what time was it handed over?"
            value={visit.now}
          />
          <Details
            summary="It was taken back already"
            isOpen={problems.some(({ field }) => field === 'until') || isTyped(asked.form, 'until')}
          >
            <WhenField
              name="until"
              label="On which day was it taken back?"
              clock="At what time was it taken back?"
            />
          </Details>
          <Button quickKey="S">Lend it</Button>
        </PostForm>
      ),
  })
  return { kind: 'page', html, status: problems.length > 0 ? 422 : 200 }
}

/** Keeps the loan, and goes to the person’s kit. */
export async function sendLend(visit: StaffVisit, asked: Asked): Promise<Answer> {
  requireSamePerson(asked)
  const leave = await permit(visit, asked.params.person ?? '', opening)
  const { text } = asked.form
  const until = readWhen(asked.form, 'until')
  if (isTyped(asked.form, 'until') && !until) {
    const message = 'Enter when it was taken back, with the time'
    return showLend(visit, asked, [{ field: 'until', message }])
  }
  const outcome = await lendKit(visit, leave, {
    id: isReference(text('id')) ? text('id') : newId(),
    kitId: text('kit'),
    serialRead: text('serial'),
    checkedWith: text('checked'),
    from: readWhen(asked.form, 'from'),
    ...(until && { until }),
  })
  if (!outcome.ok) return showLend(visit, asked, outcome.problems)
  return { kind: 'go', to: `/people/${leave.person}/kit`, saved: 'Kit lent.' }
}
