import { Panel } from '#ui'

/**
 * What to do at once when somebody answered above 0 to the question about death or self-harm.
 *
 * @source HZ28: crisis words on the screen. NHS 111 takes mental health calls by its own option in England; the site's
 *   own pathway wins.
 */
export function AlertPanel(props: {
  readonly called: string
  /** Whether the answers are kept, and the task with them. */
  readonly isSaved: boolean
  readonly team?: string
}) {
  const { called, isSaved, team } = props
  return (
    <Panel kind="worse" heading={`Talk to ${called} about question 9 now`}>
      <p>
        They answered above “Not at all” to thoughts of being better off dead or of hurting themselves. Do not
        leave it to the score: ask, listen, and do what your service does when somebody may be at risk.
      </p>
      <p>
        Life in danger: <b>999</b>. Urgent mental health help at any hour: <b>111</b>, mental health option.
      </p>
      <p>
        {isSaved
          ? `An urgent task for today is with ${team ?? 'the team'} until somebody takes it.`
          : 'These answers are not saved yet. Put right what is named above and save, so that the team has a task for today.'}
      </p>
    </Panel>
  )
}
