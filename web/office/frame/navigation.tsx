import { NavLink, Text } from '@mantine/core';
import { Link, useLocation } from 'react-router';
import { Icon } from '../components/icon.tsx';
import { useOffice } from '../office.ts';
import { GROUPS, PAGES } from '../pages.tsx';
import classes from './frame.module.css';

/** The pages that whoever has signed in may read, by their groups. */
export function Navigation() {
  const { may } = useOffice();
  const { pathname } = useLocation();
  return (
    <div className={classes['navigation']}>
      {Object.entries(GROUPS).map(([group, title]) => {
        const pages = PAGES.filter(
          (page) => page.group === group && (page.action === null || may(page.action)),
        );
        if (pages.length === 0) return null;
        return (
          <div key={group}>
            <Text size="xs" fw={600} c="dimmed" px="sm" aria-hidden="true">
              {title}
            </Text>
            <ul aria-label={title} className={classes['group']}>
              {pages.map(({ path, words, icon }) => {
                const to = path === '' ? '/office' : `/office/${path}`;
                const isHere = isWithin(pathname, to);
                return (
                  <li key={path}>
                    <NavLink
                      className={classes['link'] ?? ''}
                      component={Link}
                      to={to}
                      label={words}
                      leftSection={<Icon name={icon} />}
                      active={isHere}
                      {...(isHere ? { 'aria-current': 'page' as const } : {})}
                    />
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </div>
  );
}

/** A page's details belong to it; the first page has none. */
function isWithin(pathname: string, to: string): boolean {
  const path = pathname.replace(/\/$/, '');
  return path === to || (to !== '/office' && path.startsWith(`${to}/`));
}
