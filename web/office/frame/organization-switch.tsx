import { Button, Menu, Text } from '@mantine/core';
import { Icon } from '../components/icon.tsx';
import { useOffice } from '../office.ts';

/** Names the organization that the pages are about; who is in several chooses. */
export function OrganizationSwitch() {
  const { me, organization, chooseOrganization } = useOffice();
  if (me.organizations.length === 1) {
    return (
      <Text fw={600} truncate>
        {organization.name}
      </Text>
    );
  }
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          px="xs"
          miw={0}
          rightSection={<Icon name="chevron" size={16} />}
          aria-label={`Organization: ${organization.name}`}
        >
          <Text fw={600} truncate component="span">
            {organization.name}
          </Text>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Organizations</Menu.Label>
        <Menu.RadioGroup value={organization.id} onChange={chooseOrganization}>
          {me.organizations.map(({ id, name }) => (
            <Menu.RadioItem key={id} value={id} closeMenuOnClick>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
