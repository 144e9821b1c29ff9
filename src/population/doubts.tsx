import { type Answer, type Asked, notForYou, type Problem, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { nameToSearch } from '#people'
import {
  Button,
  ButtonRow,
  Chips,
  type Column,
  CountLine,
  DataTable,
  EmptyState,
  Paging,
  Panel,
  PostForm,
  Row,
  RowList,
  renderPage,
  rowsAPage,
  Tag,
} from '#ui'
import { joinRecords, partRecords, reopenDoubt, settleDoubt } from './actions.ts'
import { type Compared, compared, whyWords } from './doubt-rules.ts'
import { type Doubt, doubtById, doubts, openDoubts, type Side } from './doubt-store.ts'
import { pageAsked, pageWithin } from './one-load.tsx'

/** As many names as are opened on one page. */
const rowsAtOnce = 500

/** The queue's views: what waits for an answer, what waits for a second person, what was put off, what is done. */
const views = {
  open: { words: 'To answer', holds: (doubt: Doubt) => doubt.answer === null },
  second: { words: 'Waiting for a second person', holds: (doubt: Doubt) => waitsForSecond(doubt) },
  unsure: { words: 'Not sure', holds: (doubt: Doubt) => doubt.answer === 'not sure' },
  done: {
    words: 'Settled',
    holds: (doubt: Doubt) =>
      doubt.answer === 'not the same person' || (doubt.answer === 'same person' && !waitsForSecond(doubt)),
  },
} as const

const waitsForSecond = ({ answer, agreedAt, undoneAt }: Doubt) =>
  answer === 'same person' && agreedAt === null && undoneAt === null
const isJoined = ({ agreedAt, undoneAt }: Doubt) => agreedAt !== null && undoneAt === null

/** Records that may be one person's, to be settled by people. */
export async function doubtsPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const all = await doubts(visit.db)
  const wanted = asked.query.text('show')
  const view = wanted === 'second' || wanted === 'unsure' || wanted === 'done' ? wanted : 'open'
  const mine = all.filter(views[view].holds)
  const asks = pageAsked(asked)
  const page = pageWithin(asks === 'all' && mine.length > rowsAtOnce ? 1 : asks, mine.length)
  const before = page === 'all' ? 0 : (page - 1) * rowsAPage
  const shown = page === 'all' ? mine : mine.slice(before, before + rowsAPage)
  const sides = await openDoubts(
    visit.db,
    shown.map(({ id }) => id),
    'read the doubtful identities',
  )
  const names = (id: string) => nameOf(sides.get(id))
  return {
    kind: 'page',
    html: renderPage({
      furniture: asked.furniture,
      title: 'Same person?',
      lead: 'Records that may belong to one person. Nothing is joined until two people say so.',
      isStamped: true,
      children: (
        <>
          <Chips
            chips={Object.entries(views).map(([key, { words, holds }]) => ({
              href: key === 'open' ? '/population/doubts' : `/population/doubts?show=${key}`,
              words,
              count: all.filter(holds).length,
              isCurrent: key === view,
            }))}
          />
          <CountLine
            from={mine.length ? before + 1 : 0}
            to={before + shown.length}
            total={mine.length}
            orderedBy="longest waiting first"
          />
          {shown.length === 0 && <EmptyState says="Nobody is waiting here" />}
          <RowList label="Doubtful identities">
            {shown.map((doubt) => (
              <Row
                key={doubt.id}
                who={`${names(doubt.personId)} and ${names(doubt.otherPersonId)}`}
                what={whyWords(doubt.why, sides.get(doubt.personId), sides.get(doubt.otherPersonId))}
                clock={`Since ${dateWords(londonDate(doubt.raisedAt))}`}
                act={<a href={`/population/doubts/${doubt.id}`}>Compare</a>}
              />
            ))}
          </RowList>
          <Paging
            page={page}
            total={mine.length}
            hrefFor={(to) => `/population/doubts?show=${view}&page=${to}`}
          />
        </>
      ),
    }),
  }
}

const nameOf = (side: Side | undefined) =>
  side ? nameToSearch({ familyName: side.family, givenName: side.given }) : 'a record'

/** Two records side by side, with three equal answers. */
export async function doubtPage(
  visit: StaffVisit,
  asked: Asked,
  problems: readonly Problem[] = [],
): Promise<Answer> {
  const id = asked.params.doubt ?? ''
  const doubt = /^[0-9a-f-]{36}$/.test(id) ? await doubtById(visit.db, id) : undefined
  if (!doubt) throw notForYou()
  const sides = await openDoubts(visit.db, [doubt.id], 'compare two records')
  const [one, other] = [sides.get(doubt.personId), sides.get(doubt.otherPersonId)]
  if (!one || !other) throw notForYou()
  return {
    kind: 'page',
    status: problems.length ? 422 : 200,
    html: renderPage({
      furniture: asked.furniture,
      title: 'Are these the same person?',
      back: { href: '/population/doubts', words: 'Same person?' },
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
  const here = `/population/doubts/${doubt.id}`
  if (isJoined(doubt))
    return (
      <Panel kind="neutral" heading="Joined">
        <p>
          {doubt.answeredByName} and {doubt.agreedByName} said these are the same person. Both histories are
          kept.
        </p>
        <PostForm action={`${here}/part`}>
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
            <PostForm action={`${here}/join`}>
              <Button>Yes, join them</Button>
            </PostForm>
          )}
          <PostForm action={`${here}/part`}>
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
        <PostForm action={`${here}/again`}>
          <Button kind="secondary">Take this answer back</Button>
        </PostForm>
      </Panel>
    )
  return (
    <Panel kind="decision" heading="Are these the same person?">
      {doubt.answer === 'not sure' && <p>{doubt.answeredByName} was not sure.</p>}
      <PostForm action={here}>
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
