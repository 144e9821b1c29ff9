import { type Answer, type Asked, notForYou, type Problem, type Route, type StaffVisit } from '#access'
import { dateWords, londonDate } from '#calendar'
import { type Programme, programmes } from '#organisations'
import { Button, EmptyState, HiddenFields, PostForm, Radios, renderPage } from '#ui'
import { programmeFor } from '../candidates.ts'
import { lineToJudge } from '../lots/actions.ts'
import type { InLine } from '../lots/types.ts'
import { ProgrammeChips } from '../programme-chips.tsx'
import { currentRun } from '../store.ts'
import type { Run } from '../types.ts'
import { capital, counted } from '../words.ts'
import { chooseCut, reachesBy } from './actions.ts'
import { expectedWords, freeWords, restsOnWords } from './cut-words.ts'
import { codeOf, cutsOf, cutWords, isWithin } from './rules.ts'
import { chosenCut, freePlaces } from './store.ts'
import type { ChosenCut, Cut, FreePlaces } from './types.ts'

const may = 'run programmes'

/** A cut there may be, and how many people it would ask now. */
type Consequence = { readonly cut: Cut; readonly asks: number }

/** How far down a programme's list people are asked, with what each choice would mean. */
async function showCut(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const programme = await programmeFor(visit, asked.query.text('programme'))
  if (!programme) throw notForYou()
  return page(visit, asked, programme)
}

async function page(
  visit: StaffVisit,
  asked: Asked,
  programme: Programme,
  problems?: readonly Problem[],
): Promise<Answer> {
  const { db } = visit
  const run = await currentRun(db, programme.id)
  const [free, chosen] = [await freePlaces(db, programme.id), await chosenCut(db, programme.id)]
  const line = run ? await lineToJudge(visit, programme, run) : []
  const html = renderPage({
    furniture: asked.furniture,
    title: 'How many people a list asks',
    caption: programme.template.name,
    lead: run && <Lead line={line} chosen={chosen} />,
    isStamped: true,
    problems,
    typed: problems && asked.form.typed,
    children: (
      <>
        <ProgrammeChips
          all={await programmes(db)}
          chosen={programme}
          hrefFor={(key) => `/case-finding/cut?programme=${key}`}
        />
        {run ? (
          <Choose
            programme={programme}
            mayDraw={visit.caller.activities.has('approve lots')}
            chosen={chosen}
            line={line}
            free={free}
            consequences={(await consequencesOf(visit, programme, run, line, free)).filter(
              ({ cut, asks }) =>
                cut.way !== 'number' || asks < line.length || cut.in100 === chosenNumber(chosen),
            )}
          />
        ) : (
          <EmptyState says="There is no list yet." />
        )}
      </>
    ),
  })
  return { kind: 'page', html, status: problems ? 422 : 200 }
}

async function consequencesOf(
  visit: StaffVisit,
  programme: Programme,
  run: Run,
  line: readonly InLine[],
  free: FreePlaces | undefined,
): Promise<readonly Consequence[]> {
  const reaches = await reachesBy(visit.db, programme.id, run, cutsOf(run, free))
  return reaches.map((reach) => ({
    cut: reach.cut,
    asks: line.filter((one) => isWithin(one, reach)).length,
  }))
}

// A number that cuts nobody is no choice, unless it is the one that holds.
const chosenNumber = (chosen: ChosenCut | undefined) =>
  chosen?.cut.way === 'number' ? chosen.cut.in100 : undefined

function Lead(props: { readonly line: readonly InLine[]; readonly chosen?: ChosenCut }) {
  const { line, chosen } = props
  return (
    <>
      <b>{counted(line.length, 'person', 'people')} left to judge</b> in all practices.{' '}
      {chosen
        ? `The list asks ${cutWords(chosen.cut)}: chosen by ${chosen.chosenByName} on ${dateWords(londonDate(chosen.chosenAt))}.`
        : 'The list asks everybody: nobody has chosen otherwise.'}
    </>
  )
}

function Choose(props: {
  readonly programme: Programme
  readonly mayDraw: boolean
  readonly chosen?: ChosenCut
  readonly line: readonly InLine[]
  readonly free?: FreePlaces
  readonly consequences: readonly Consequence[]
}) {
  const { programme, mayDraw, chosen, line, free, consequences } = props
  const now = codeOf(chosen?.cut ?? { way: 'all' })
  return (
    <>
      <p>
        {free
          ? `${freeWords(free)}. ${expectedWords(free)} ${restsOnWords(free)}`
          : 'Free places have not been counted yet.'}
      </p>
      <p>
        Nobody is taken off a list. Whoever is below the cut stands on a tab of their own, where every
        practice can read and judge them. Those added by hand, shown again early or drawn by lot are always
        asked. A list cannot go further than the programme’s own percentage: publish a new version of the
        programme for that.
      </p>
      <p>
        When places are fewer than people,{' '}
        {mayDraw ? (
          <a href={`/case-finding/lots?programme=${programme.key}`}>near ties can be drawn by lot</a>
        ) : (
          'a team lead or the clinical safety officer can have near ties drawn by lot'
        )}
        . <a href={`/case-finding/suits?programme=${programme.key}`}>Whom the programme might suit</a> is said
        beside people, and orders nobody.
      </p>
      <PostForm action="/case-finding/cut">
        <HiddenFields fields={{ programme: programme.key, seen: String(chosen?.n ?? 0) }} />
        <Radios
          name="cut"
          label="How far down the list are people asked?"
          choices={consequences.map(({ cut, asks }) => ({
            value: codeOf(cut),
            words: `${capital(cutWords(cut))}${codeOf(cut) === now ? ', as it is now' : ''}`,
            hint: `${counted(asks, 'person', 'people')} asked, ${(line.length - asks).toLocaleString('en-GB')} below the cut${placesHint(cut, free)}`,
          }))}
        />
        <Button>Ask this far</Button>
      </PostForm>
    </>
  )
}

const moreIn = ({ way }: Cut, free: FreePlaces) =>
  way === 'places to come' ? (free.toCome?.expected?.more ?? 0) : 0

function placesHint(cut: Cut, free: FreePlaces | undefined): string {
  if (cut.way === 'weighted') return '. Of a practice whose weighted list is not known, everybody is asked'
  if (!free || (cut.way !== 'places' && cut.way !== 'places to come')) return ''
  const more = moreIn(cut, free)
  return `. ${counted(free.free, 'place is', 'places are')} free${more > 0 ? ` and about ${counted(more, 'more is', 'more are')} expected` : ''}`
}

/** Keeps the chosen cut. */
async function choose(visit: StaffVisit, asked: Asked): Promise<Answer> {
  const programme = await programmeFor(visit, asked.form.text('programme'))
  if (!programme) throw notForYou()
  const outcome = await chooseCut(visit, programme, {
    code: asked.form.text('cut'),
    seen: Number.parseInt(asked.form.text('seen'), 10) || 0,
  })
  if (!outcome.ok) return page(visit, asked, programme, outcome.problems)
  return {
    kind: 'go',
    to: `/case-finding/cut?programme=${programme.key}`,
    saved: `The list asks ${cutWords(outcome.value.cut)} from now on.`,
  }
}

/** How far down a list people are asked: the page that chooses it. */
export const cutRoutes: readonly Route[] = [
  { method: 'GET', path: '/case-finding/cut', may, answer: showCut },
  { method: 'POST', path: '/case-finding/cut', may, answer: choose },
]
