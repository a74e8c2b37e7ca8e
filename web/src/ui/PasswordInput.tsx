import EyeOff from 'lucide-solid/icons/eye-off';
import Eye from 'lucide-solid/icons/eye';
import { createSignal, type JSX } from 'solid-js';

import { useMessages } from '#web/lib/i18n.ts';
import { IconButton } from './Button.tsx';
import { messages } from './messages.ts';
import { TextInput, type TextInputProps } from './TextInput.tsx';

/** A password that can be shown. Give `autocomplete`: "current-password" or "new-password". */
export function PasswordInput(props: Omit<TextInputProps, 'type' | 'after'>): JSX.Element {
  const t = useMessages(messages);
  const [isShown, setShown] = createSignal(false);
  return (
    <TextInput
      spellcheck={false}
      autocapitalize="none"
      {...props}
      type={isShown() ? 'text' : 'password'}
      after={<IconButton icon={isShown() ? EyeOff : Eye} label={isShown() ? t('hidePassword') : t('showPassword')} onClick={() => setShown(!isShown())} />}
    />
  );
}
