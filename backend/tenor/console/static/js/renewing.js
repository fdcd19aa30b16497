// A page that came with a stale login: renew it and come back, or go on as nobody.
import { renew } from "./api.js";

await renew();
location.reload();
