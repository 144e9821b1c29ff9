import type { Problem } from '#access'
import { dateWords } from '#calendar'
import { Button, DataTable, DateField, Details, FieldGroup, PostForm, Radios, Section, TextField } from '#ui'
import { levels, type Rateable, raters, startLevels, weights } from './goal-rules.ts'
import type { KeptRating } from './goal-store.ts'

/** The form: each goal of the plan, where it stands today, or where it begins. */
export function RateGoals(props: {
  readonly goals: readonly Rateable[]
  readonly person: string
  readonly called: string
}) {
  const { goals, person, called } = props
  return (
    <Section heading="Rate them">
      <PostForm action={`/people/${person}/goals`} personToken={person}>
        {goals.map((goal) => (
          <FieldGroup key={goal.goalId} legend={goal.words}>
            <Radios
              name={`level-${goal.goalId}`}
              label={goal.begun ? 'How far was it reached?' : 'Where does it begin?'}
              hint={
                goal.begun
                  ? undefined
                  : 'A goal begins below what is hoped. Leave it open to rate it another day'
              }
              choices={(goal.begun ? levels : startLevels).map(({ level, words }) => ({
                value: String(level),
                words: `${words} (${level > 0 ? '+' : ''}${level})`,
              }))}
              isOptional
            />
            {!goal.begun && (
              <Radios
                name={`weight-${goal.goalId}`}
                label={`How much does it matter to ${called}?`}
                choices={weights.map(({ weight, words }) => ({ value: String(weight), words }))}
                isOptional
              />
            )}
          </FieldGroup>
        ))}
        <Radios
          name="by"
          label="Who says so?"
          choices={raters.map((by) => ({ value: by, words: raterWords(by, called) }))}
        />
        <DateField name="on" label="On which day?" />
        <Button quickKey="S">Save</Button>
      </PostForm>
    </Section>
  )
}

function raterWords(by: (typeof raters)[number], called: string): string {
  if (by === 'the person') return called
  return by === 'the person and staff'
    ? `${called} and staff together`
    : `${by.charAt(0).toUpperCase()}${by.slice(1)}`
}

/** Everything that was rated, struck ones among it. */
export function EveryRating(props: {
  readonly ratings: readonly KeptRating[]
  readonly person: string
  readonly mayWrite: boolean
  readonly problems: readonly Problem[]
}) {
  const { ratings, person, mayWrite, problems } = props
  if (ratings.length === 0) return null
  return (
    <Section heading="Everything that was rated" count={ratings.length}>
      <DataTable
        caption="Ratings of goals, the newest first"
        isCaptionHidden
        rows={ratings}
        keyOf={({ id }) => id}
        columns={[
          { head: 'Goal', cell: ({ goalWords }) => goalWords, width: 'wide' },
          {
            head: 'How far',
            cell: (one) =>
              one.struckReason ? `Struck, ${one.struckByName}: ${one.struckReason}` : saidOf(one),
            width: 'middle',
          },
          { head: 'Said by', cell: ({ ratedBy, ratedOn }) => `${ratedBy}, ${dateWords(ratedOn)}` },
          { head: 'Written down by', cell: ({ recordedByName }) => recordedByName },
          {
            head: 'Strike',
            isHeadHidden: true,
            cell: ({ id, goalWords, struckReason }) =>
              mayWrite &&
              !struckReason && (
                <Details
                  summary="Strike it: it is wrong"
                  isOpen={problems.some(({ field }) => field === `reason-${id}`)}
                >
                  <PostForm action={`/people/${person}/goals/${id}`} personToken={person}>
                    <TextField name={`reason-${id}`} label={`What is wrong with it? (${goalWords})`} />
                    <Button kind="secondary">Strike it</Button>
                  </PostForm>
                </Details>
              ),
          },
        ]}
      />
    </Section>
  )
}

function saidOf({ isStart, level, weight }: KeptRating): string {
  const sign = level > 0 ? '+' : ''
  const words = (isStart ? startLevels : levels).find((one) => one.level === level)?.words ?? ''
  const matters = weights.find((one) => one.weight === weight)?.words.toLowerCase()
  return isStart
    ? `At the start: ${words.toLowerCase()} (${level}); ${matters}`
    : `${words} (${sign}${level})`
}
