import type { Answer, Asked, StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { nameToSearch } from '#people'
import {
  Button,
  Chips,
  CountLine,
  EmptyState,
  Paging,
  PostForm,
  Row,
  RowList,
  renderPage,
  rowsAPage,
  TextField,
} from '#ui'
import { whyWords } from './doubt-rules.ts'
import {
  type DoubtsWanted,
  type DoubtView,
  doubtCounts,
  doubtsAtMost,
  findDoubts,
  type Side,
} from './doubt-store.ts'
import { pageAsked, pageWithin, withFacts } from './one-load.tsx'

/** The queue's views: what waits for an answer, what waits for a second person, what was put off, what is done. */
const views: Readonly<Record<DoubtView, string>> = {
  open: 'To answer',
  second: 'Waiting for a second person',
  unsure: 'Not sure',
  done: 'Settled',
}
const viewKeys: readonly DoubtView[] = ['open', 'second', 'unsure', 'done']

/** Records that may be one person's, to be settled by people. What is searched for is sent by a form: no name is in an address. */
export async function doubtsPage(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const words = asked.form.text('words').trim() || undefined
  const wanted = asked.query.text('show')
  const view = viewKeys.find((key) => key === wanted) ?? 'open'
  const counts = await doubtCounts(visit.db)
  const { doubts, sides, total, page } = await pageOfDoubts(
    visit,
    asked,
    { view, words },
    counts.get(view) ?? 0,
  )
  const names = (id: string) => nameOf(sides.get(id))
  const before = page === 'all' ? 0 : (page - 1) * rowsAPage
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
            chips={viewKeys.map((key) => ({
              href: withFacts(here, { show: key === 'open' ? undefined : key }),
              words: views[key],
              count: counts.get(key) ?? 0,
              isCurrent: key === view,
            }))}
          />
          <Search view={view} words={words} />
          <CountLine
            from={total ? before + 1 : 0}
            to={before + doubts.length}
            total={total}
            orderedBy="longest waiting first"
          />
          {doubts.length === 0 && (
            <EmptyState says={words ? 'Nobody of this name or number is here' : 'Nobody is waiting here'} />
          )}
          <RowList label="Doubtful identities">
            {doubts.map((doubt) => (
              <Row
                key={doubt.id}
                who={`${names(doubt.personId)} and ${names(doubt.otherPersonId)}`}
                what={whyWords(doubt.why, sides.get(doubt.personId), sides.get(doubt.otherPersonId))}
                clock={`Since ${dateWords(londonDate(doubt.raisedAt))}`}
                act={<a href={`${here}/${doubt.id}`}>Compare</a>}
              />
            ))}
          </RowList>
          {words && total > doubts.length && (
            <p>
              The first {doubts.length} are shown. Search for a whole name or an NHS number to find fewer.
            </p>
          )}
          {!words && (
            <Paging page={page} total={total} hrefFor={(to) => withFacts(here, { show: view, page: to })} />
          )}
        </>
      ),
    }),
  }
}

const here = '/population/doubts'

/** The page that is asked for; past the end it is the last. A search has one page, for no address may hold what was searched. */
async function pageOfDoubts(
  { db }: StaffVisit,
  asked: Asked,
  { view, words }: Pick<DoubtsWanted, 'view' | 'words'>,
  inView: number,
) {
  const asks = pageAsked(asked)
  const page =
    words || (asks === 'all' && inView <= doubtsAtMost)
      ? 'all'
      : pageWithin(asks === 'all' ? 1 : asks, inView)
  const [from, most] = page === 'all' ? [0, doubtsAtMost] : [(page - 1) * rowsAPage, rowsAPage]
  return { ...(await findDoubts(db, { view, words, from, most })), page }
}

const Search = ({ view, words }: { readonly view: DoubtView; readonly words?: string }) => (
  <PostForm action={withFacts(here, { show: view })} layout="row">
    <TextField
      name="words"
      label="Family name, whole name or NHS number of either"
      value={words}
      labelSize="plain"
      widthChars={20}
      autoComplete="off"
    />
    <Button kind="secondary" isSmall>
      Find
    </Button>
  </PostForm>
)

const nameOf = (side: Side | undefined) =>
  side ? nameToSearch({ familyName: side.family, givenName: side.given }) : 'a record'
