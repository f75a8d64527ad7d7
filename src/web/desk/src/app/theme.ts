import type { ThemeConfig } from "antd";

/** Ink, paper, and one working colour; red, amber and green are kept for what they mean in the field. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: "#155e63",
    colorInfo: "#155e63",
    colorSuccess: "#2f7d4f",
    colorWarning: "#a8680c",
    colorError: "#b3372b",
    colorLink: "#155e63",
    colorText: "#1d2527",
    colorTextSecondary: "#566266",
    colorTextTertiary: "#6d787b",
    colorTextPlaceholder: "#8b9597",
    colorBorder: "#c9cfcf",
    colorBorderSecondary: "#e1e5e4",
    colorBgLayout: "#f5f6f4",
    borderRadius: 4,
    borderRadiusLG: 6,
    fontSize: 14,
    controlHeight: 36,
    fontFamily: `"PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, sans-serif`,
    boxShadowSecondary: "0 6px 24px rgb(18 57 59 / 14%)",
    motionDurationMid: "0.12s",
    motionDurationSlow: "0.18s",
  },
  components: {
    Button: { fontWeight: 500, primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
    Tabs: { horizontalItemPadding: "10px 2px", horizontalItemGutter: 24 },
    Tag: { defaultBg: "#eef1f0" },
    Modal: { titleFontSize: 17 },
  },
};
