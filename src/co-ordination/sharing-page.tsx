import { type Asked, newId, type Problem, permit, requireSamePerson, type StaffVisit } from '#access'
import { dateWords } from '#calendar'
import { sharingOf, sharingWords } from '#care-plan'
import { aboutPerson, personTabs, recordWish, type Wish, wishesOf, wordsFor } from '#people'
import { Button, PostForm, Radios, renderPage } from '#ui'

const asking = {
  may: 'write plans',
  part: 'whole',
  purpose: 'direct care',
  verb: 'record the wish to share',
} as const

const answers = ['yes', 'no', 'not asked'] as const
const sources = ['the person', 'somebody who may decide for them', 'the GP record'] as const

// Left open it stays as it was: a form about the summary takes nothing back that was said of the places.
function placesHint(wishes: readonly Wish[]): string {
  const wish = wishes.find(({ kind }) => kind === 'share where they wish to be')
  if (!wish || wish.answer === 'not asked') return 'Not asked so far. Leave it open to ask another time'
  return `So far: ${wish.answer}, since ${dateWords(wish.since)}. Leave it open and it stays so`
}

/** The form that writes down whether the person wishes out of hours to see their summary. */
export async function showSharing(visit: StaffVisit, asked: Asked, problems: readonly Problem[] = []) {
  const leave = await permit(visit, asked.params.person ?? '', asking)
  const about = await aboutPerson(visit, leave)
  const { called, person } = about
  const words = wordsFor(person)
  const wishes = await wishesOf(visit.db, leave)
  const html = renderPage({
    furniture: asked.furniture,
    title: 'Who may see the plan',
    banner: about.banner,
    tabs: personTabs(visit, leave.person, 'Plan'),
    back: { href: `/people/${leave.person}/plan`, words: 'Back to the plan' },
    lead: sharingWords(await sharingOf(visit.db, leave, about.episodes), called),
    problems,
    typed: problems.length > 0 ? asked.form.typed : undefined,
    children: (
      <PostForm action={`/people/${leave.person}/sharing`} personToken={leave.person}>
        <Radios
          name="answer"
          label={`Does ${called} wish out-of-hours doctors and nurses to see ${words.their} emergency summary?`}
          hint={`They see who ${words.they} ${words.they === 'they' ? 'are' : 'is'}, allergies, what matters, what to do if things get worse, and actions marked for out of hours. Nothing else, unless ${words.they} said yes to the next question too. Yes and no both take effect at once.`}
          choices={[
            { value: 'yes', words: 'Yes' },
            { value: 'no', words: 'No' },
            { value: 'not asked', words: `${called} has not been asked` },
          ]}
        />
        <Radios
          name="places"
          label={`May they also see where ${called} wishes to be cared for, and to die?`}
          hint={placesHint(wishes)}
          isOptional
          choices={[
            { value: 'yes', words: 'Yes, they may' },
            { value: 'no', words: 'No' },
          ]}
        />
        <Radios
          name="source"
          label="Who said so?"
          choices={[
            { value: 'the person', words: called },
            { value: 'somebody who may decide for them', words: `Somebody who may decide for ${words.them}` },
            { value: 'the GP record', words: 'The GP record' },
          ]}
        />
        <Button quickKey="S">Save the answer</Button>
      </PostForm>
    ),
  })
  return { kind: 'page' as const, html, status: problems.length > 0 ? (422 as const) : (200 as const) }
}

/** Writes the answer down. It holds from the next page anybody opens. */
export async function sendSharing(visit: StaffVisit, asked: Asked) {
  requireSamePerson(asked)
  const answer = answers.find((one) => one === asked.form.text('answer'))
  const source = sources.find((one) => one === asked.form.text('source'))
  if (!answer || !source) {
    return showSharing(visit, asked, [
      ...(answer ? [] : [{ field: 'answer', message: 'Select yes, no or not asked' }]),
      ...(source ? [] : [{ field: 'source', message: 'Select who said so' }]),
    ])
  }
  const leave = await permit(visit, asked.params.person ?? '', asking)
  const said = { purpose: '', since: visit.today, source, by: visit.caller.staffId, at: visit.now }
  await recordWish(visit.db, leave, { ...said, id: newId(), kind: 'share with out of hours', answer })
  const places = answers.find((one) => one === asked.form.text('places'))
  if (places)
    await recordWish(visit.db, leave, {
      ...said,
      id: newId(),
      kind: 'share where they wish to be',
      answer: places,
    })
  await visit.note({
    what: 'sharing answered',
    person: leave.person,
    facts: { answer, ...(places && { places }) },
  })
  const { episodes, called } = await aboutPerson(visit, leave)
  const saved = sharingWords(await sharingOf(visit.db, leave, episodes), called)
  return { kind: 'go' as const, to: `/people/${leave.person}/plan`, saved }
}
