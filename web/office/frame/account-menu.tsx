import { ActionIcon, Menu, Text, useMantineColorScheme } from '@mantine/core';
import type { MantineColorScheme } from '@mantine/core';
import { Link } from 'react-router';
import { Icon } from '../components/icon.tsx';
import type { IconName } from '../components/icon.tsx';
import { useOffice, useSignOut } from '../office.ts';

const SCHEMES: readonly { scheme: MantineColorScheme; words: string; icon: IconName }[] = [
  { scheme: 'light', words: 'Light', icon: 'light' },
  { scheme: 'dark', words: 'Dark', icon: 'dark' },
  { scheme: 'auto', words: 'As the device', icon: 'device' },
];

/** Who has signed in, how the office looks, and the way out. */
export function AccountMenu() {
  const { me } = useOffice();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          c="inherit"
          size="lg"
          aria-label={`Account of ${me.name}`}
        >
          <Icon name="account" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} truncate>
            {me.name}
          </Text>
          <Text size="xs" truncate>
            {me.email}
          </Text>
        </Menu.Label>
        <Menu.Item
          component={Link}
          to="/office/account"
          leftSection={<Icon name="account" size={16} />}
        >
          Your account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
        >
          {SCHEMES.map(({ scheme, words, icon }) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              rightSection={<Icon name={icon} size={16} />}
            >
              {words}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="sign-out" size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
