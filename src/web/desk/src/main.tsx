import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Desk } from "./app/Desk";
import "./i18n";
import "./app/desk.css";

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Desk />
  </StrictMode>,
);
