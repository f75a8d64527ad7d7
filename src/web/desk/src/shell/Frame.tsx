import { BellOutlined, ClockCircleOutlined, FileSearchOutlined, LogoutOutlined, PartitionOutlined, PlusSquareOutlined, ProfileOutlined, TeamOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown } from "antd";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { NavLink, useLocation } from "react-router";
import { api } from "../app/api";
import { useMe } from "../session/Session";
import { LanguageSwitch } from "./LanguageSwitch";
import { Mark } from "./Mark";

export function Frame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const me = useMe();
  const queries = useQueryClient();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const counts = useQuery({ queryKey: ["tasks", "counts"], queryFn: () => api.tasks.list({ scope: "mine", take: 1 }), refetchInterval: 60_000, select: (page) => page.counts });

  const unread = useQuery({ queryKey: ["messages"], queryFn: api.messages.list, refetchInterval: 60_000, select: (all) => all.filter((m) => m.readAt === null).length });

  // A new page is announced from its top, for the eye and for a screen reader alike.
  useEffect(() => {
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);

  const signOut = async () => {
    await api.session.signOut();
    queries.clear();
    queries.setQueryData(["session"], null);
  };

  const links: { to: string; icon: ReactNode; label: string; count?: number | undefined; unread?: number | undefined; wide?: boolean; shown: boolean }[] = [
    { to: "/tasks", icon: <ProfileOutlined />, label: t("nav.tasks"), count: counts.data?.mine, shown: true },
    { to: "/deadlines", icon: <ClockCircleOutlined />, label: t("nav.deadlines"), shown: true },
    { to: "/start", icon: <PlusSquareOutlined />, label: t("nav.start"), shown: me.permissions.startProcesses.length > 0 },
    { to: "/cases", icon: <FileSearchOutlined />, label: t("nav.cases"), shown: true },
    { to: "/messages", icon: <BellOutlined />, label: t("nav.messages"), unread: unread.data, shown: true },
    { to: "/people", icon: <TeamOutlined />, label: t("nav.people"), wide: true, shown: true },
  ].filter((link) => link.shown);
  const place = me.roles[0];

  return (
    <div className="frame">
      <a className="skip" href="#main">{t("shell.skip")}</a>
      <header className="side">
        <NavLink to="/tasks" className="brand" aria-label="PowerWorkflow"><Mark /><span>PowerWorkflow</span></NavLink>
        <nav aria-label={t("nav.label")} className="nav">
          {links.map((link) => (
            <NavLink key={link.to} to={link.to} className={`nav-link ${link.wide ? "nav-wide" : ""}`}>
              {link.icon}
              <span>{link.label}</span>
              {!!link.unread && <span className="count" aria-label={t("nav.unread", { count: link.unread })}>{link.unread}</span>}
              {!!link.count && <span className="count" aria-label={t("nav.openTasks", { count: link.count })}>{link.count}</span>}
            </NavLink>
          ))}
          {me.permissions.processOwner && (
            <a className="nav-link nav-wide" href="/studio/"><PartitionOutlined /><span>{t("nav.designer")}</span></a>
          )}
        </nav>
        <div className="who">
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "roles", type: "group", label: t("shell.rolesHeld"), children: me.roles.map((r) => ({ key: `${r.role}${r.unit}`, label: `${r.roleName} · ${r.unitName}`, disabled: true })) },
                { key: "people", label: <NavLink to="/people">{t("nav.people")}</NavLink> },
                ...(me.permissions.processOwner ? [{ key: "studio", label: <a href="/studio/">{t("nav.designer")}</a> }] : []),
                { type: "divider" as const },
                { key: "out", icon: <LogoutOutlined />, label: t("shell.signOut"), onClick: () => void signOut() },
              ],
            }}
          >
            <Button type="text" className="who-button">
              <span className="who-name">{me.name}</span>
              {place && <span className="who-place">{place.roleName} · {place.unitName}</span>}
            </Button>
          </Dropdown>
          <LanguageSwitch />
        </div>
      </header>
      <main id="main" ref={main} tabIndex={-1}>{children}</main>
    </div>
  );
}
