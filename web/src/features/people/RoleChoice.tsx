import { For, type JSX } from 'solid-js';

import { type Role, ROLES } from '#domain/people/roles.ts';
import { useMessages } from '#web/lib/i18n.ts';
import { Checkbox } from '#web/ui/Checkbox.tsx';
import { Field } from '#web/ui/Field.tsx';

import { messages } from './messages.ts';

/** Chooses what a person may be; one person can be several things. */
export function RoleChoice(props: { value: readonly Role[]; onChange: (roles: Role[]) => void; error?: string | undefined }): JSX.Element {
  const t = useMessages(messages);
  return (
    <Field group label={t('roles')} error={props.error}>
      <div class="stack">
        <For each={ROLES}>
          {(role) => (
            <Checkbox checked={props.value.includes(role)} hint={t(`${role}Hint`)} onChange={(isOn) => props.onChange(ROLES.filter((one) => (one === role ? isOn : props.value.includes(one))))}>
              {t(role)}
            </Checkbox>
          )}
        </For>
      </div>
    </Field>
  );
}
