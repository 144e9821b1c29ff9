import { FileUpload } from 'nhsuk-react-components'
import { useField } from './context.ts'
import { type FieldProps, labelOf } from './fields.tsx'

/**
 * Asks for one file of text. The form around it must say `takesFile`, and so must the route it is sent to. A browser
 * never keeps the choice: a page that comes back with a mistake asks for the file again.
 *
 * @param accept the endings a browser offers first, as in an `accept` attribute: ".json,.txt".
 */
export function FileField(props: FieldProps & { readonly accept?: string }) {
  const { name, hint, accept } = props
  const { error } = useField(name, props)
  const label = labelOf(props)
  return (
    <FileUpload
      id={name}
      name={name}
      label={label.words}
      labelProps={label.size}
      hint={hint}
      error={error}
      accept={accept}
    />
  )
}
