import { Checkboxes, TextArea } from '#ui'

/** The reason somebody gives in their own name, which others read, and the tick that they answer for it. */
export const ApprovalFields = (props: {
  readonly label: string
  readonly hint: string
  readonly act: string
}) => (
  <>
    <TextArea name="reason" label={props.label} hint={props.hint} rows={3} />
    <Checkboxes
      name="approved"
      label="Your approval"
      choices={[{ value: 'yes', words: `I approve ${props.act}, in my name` }]}
    />
  </>
)
