// Every exercise that a page can have, in one script: it is fetched once for the whole course, and a page waits for
// one answer rather than for one of each kind.
import assessment from "../../widgets/js/assessment.js";
import citizen_map from "../../widgets/js/citizen_map.js";
import comparison from "../../widgets/js/comparison.js";
import language from "../../widgets/js/language.js";
import plan from "../../widgets/js/plan.js";
import quiz from "../../widgets/js/quiz.js";
import reflection from "../../widgets/js/reflection.js";
import scenario from "../../widgets/js/scenario.js";
import sorter from "../../widgets/js/sorter.js";
import table from "../../widgets/js/table.js";
import { start } from "../static/host.js";

start({ assessment, citizen_map, comparison, language, plan, quiz, reflection, scenario, sorter, table });
