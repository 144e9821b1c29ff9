import { type Answer, type Asked, notForYou, type Problem, type StaffVisit } from '#access'
import { Button, ButtonRow, type Column, DataTable, Panel, PostForm, renderPage, Tag } from '#ui'
import { joinRecords, partRecords, reopenDoubt, settleDoubt } from './actions.ts'
import { type Compared, compared, whyWords } from './doubt-rules.ts'
import { type Doubt, doubtById, openDoubt } from './doubt-store.ts'

const here = '/population/doubts'

const waitsForSecond = ({ answer, agreedAt, undoneAt }: Doubt) =>
  answer === 'same person' && agreedAt === null && undoneAt === null
const isJoined = ({ agreedAt, undoneAt }: Doubt) => agreedAt !== null && undoneAt === null

/** Two records side by side, with three equal answers. */
export async function doubtPage(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const id = asked.params.doubt ?? ''
  const doubt = /^[0-9a-f-]{36}$/.test(id) ? await doubtById(visit.db, id) : undefined
  if (!doubt) throw notForYou()
  const sides = await openDoubt(visit.db, doubt.id, 'compare two records')
  const [one, other] = [sides.get(doubt.personId), sides.get(doubt.otherPersonId)]
  if (!one || !other) throw notForYou()
  return {
    kind: 'page',
    status: problems.length ? 422 : 200,
    html: renderPage({
      furniture: asked.furniture,
      title: 'Are these the same person?',
      back: { href: here, words: 'Same person?' },
      lead: `${whyWords(doubt.why, one, other)}.`,
      problems,
      isStamped: true,
      children: (
        <>
          <DataTable
            caption="The two records, line by line"
            isCaptionHidden
            rows={compared(one, other, visit.today)}
            keyOf={({ label }) => label.toLowerCase().replaceAll(' ', '-')}
            columns={comparison}
          />
          <AnswerPart visit={visit} doubt={doubt} />
        </>
      ),
    }),
  }
}

const comparison: readonly Column<Compared>[] = [
  { head: 'What', cell: ({ label }) => label, width: 'narrow' },
  { head: 'First record', cell: ({ one }) => one, width: 'wide' },
  { head: 'Second record', cell: ({ other }) => other, width: 'wide' },
  {
    head: 'Compared',
    cell: ({ verdict }) =>
      verdict === 'Differs' ? <Tag colour="orange">Differs</Tag> : (verdict ?? 'Not compared'),
    width: 'narrow',
  },
]

function AnswerPart({ visit, doubt }: { readonly visit: StaffVisit; readonly doubt: Doubt }) {
  const own = `${here}/${doubt.id}`
  if (isJoined(doubt))
    return (
      <Panel kind="neutral" heading="Joined">
        <p>
          {doubt.answeredByName} and {doubt.agreedByName} said these are the same person. Both histories are
          kept.
        </p>
        <PostForm action={`${own}/part`}>
          <Button kind="secondary">Part these records again</Button>
        </PostForm>
      </Panel>
    )
  if (waitsForSecond(doubt))
    return (
      <Panel kind="decision" heading="Does a second person agree?">
        <p>{doubt.answeredByName} said these are the same person.</p>
        <ButtonRow>
          {doubt.proposedBy !== visit.caller.staffId && (
            <PostForm action={`${own}/join`}>
              <Button>Yes, join them</Button>
            </PostForm>
          )}
          <PostForm action={`${own}/part`}>
            <Button kind="secondary">No, do not join them</Button>
          </PostForm>
        </ButtonRow>
        {doubt.proposedBy === visit.caller.staffId && <p>You said yes. Somebody else has to agree.</p>}
      </Panel>
    )
  if (doubt.answer === 'not the same person')
    return (
      <Panel kind="neutral" heading="Not the same person">
        <p>{doubt.answeredByName} said these are two people. They stay apart.</p>
        <PostForm action={`${own}/again`}>
          <Button kind="secondary">Take this answer back</Button>
        </PostForm>
      </Panel>
    )
  return (
    <Panel kind="decision" heading="Are these the same person?">
      {doubt.answer === 'not sure' && <p>{doubt.answeredByName} was not sure.</p>}
      <PostForm action={own}>
        <ButtonRow>
          {(['same person', 'not the same person', 'not sure'] as const).map((answer) => (
            <Button key={answer} kind="secondary" name="answer" value={answer}>
              {{ 'same person': 'Yes', 'not the same person': 'No', 'not sure': 'Not sure' }[answer]}
            </Button>
          ))}
        </ButtonRow>
      </PostForm>
    </Panel>
  )
}

export async function answerPost(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const outcome = await settleDoubt(visit, asked.params.doubt ?? '', asked.form.text('answer'))
  if (!outcome.ok) return doubtPage(visit, asked, outcome.problems)
  return { kind: 'go', to: '/population/doubts', saved: 'Answer saved.' }
}

export async function joinPost(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const outcome = await joinRecords(visit, asked.params.doubt ?? '')
  if (!outcome.ok) return doubtPage(visit, asked, outcome.problems)
  return { kind: 'go', to: '/population/doubts', saved: 'Records joined. Both histories are kept.' }
}

export async function partPost(visit: StaffVisit, asked: Asked): Promise<Answer> {
  await partRecords(visit, asked.params.doubt ?? '')
  return { kind: 'go', to: '/population/doubts?show=unsure', saved: 'Records parted.' }
}

export async function againPost(visit: StaffVisit, asked: Asked): Promise<Answer> {
  await reopenDoubt(visit, asked.params.doubt ?? '')
  return {
    kind: 'go',
    to: '/population/doubts?show=unsure',
    saved: 'Answer taken back. It waits to be answered again.',
  }
}
