export namespace domain {
	
	export enum Channel {
	    Digest = "digest",
	    Internal = "internal",
	    Mail = "mail",
	}
	export enum Code {
	    Conflict = "conflict",
	    Forbidden = "forbidden",
	    Internal = "internal",
	    Invalid = "invalid",
	    NotFound = "not-found",
	    Offline = "offline",
	    Throttled = "throttled",
	    Unauthorized = "unauthorized",
	    Unsupported = "unsupported",
	}
	export enum DefaultPage {
	    MyTasks = "my_tasks",
	    Overview = "overview",
	}
	export enum DigestInterval {
	    Daily = "daily",
	    EveryFour = "every_4_hours",
	    EveryTwelve = "every_12_hours",
	    Hourly = "hourly",
	    Weekly = "weekly",
	}
	export enum HappeningKind {
	    Note = "note",
	    Status = "status",
	    Version = "version",
	}
	export enum Kind {
	    AssetStatus = "asset_status",
	    Assignment = "assignment",
	    ClientReview = "client_review",
	    Message = "message",
	    Note = "note",
	    NoteCompleted = "note_completed",
	    Status = "status",
	    TaskClaimed = "task_claimed",
	    TaskStatus = "task_status",
	    Unassignment = "unassignment",
	    VersionAssigned = "version_assigned",
	    VersionDependent = "version_dependent",
	    VersionSupervised = "version_supervised",
	}
	export enum Phase {
	    Expired = "expired",
	    SignedIn = "signed-in",
	    SignedOut = "signed-out",
	    SigningIn = "signing-in",
	}
	export enum State {
	    Blocked = "blocked",
	    Done = "done",
	    InProgress = "in-progress",
	    NotStarted = "not-started",
	}
	export enum Theme {
	    Dark = "dark",
	    Light = "light",
	    System = "system",
	}
	export enum Verb {
	    Done = "done",
	    Read = "read",
	    Undone = "undone",
	    Unread = "unread",
	    Unsnooze = "unsnooze",
	}
	export enum View {
	    Overview = "overview",
	    Tasks = "tasks",
	}
	export class APIKey {
	    id: string;
	    prefix: string;
	    lastUsed?: string;
	
	    static createFrom(source: any = {}) {
	        return new APIKey(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.prefix = source["prefix"];
	        this.lastUsed = source["lastUsed"];
	    }
	}
	export class Abilities {
	    preferences: boolean;
	    administrator: boolean;
	    notificationMail: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Abilities(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.preferences = source["preferences"];
	        this.administrator = source["administrator"];
	        this.notificationMail = source["notificationMail"];
	    }
	}
	export class Person {
	    id: string;
	    name: string;
	    thumbnailId?: string;
	
	    static createFrom(source: any = {}) {
	        return new Person(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.thumbnailId = source["thumbnailId"];
	    }
	}
	export class Account {
	    key: string;
	    address: string;
	    demo: boolean;
	    workspace: string;
	    user: Person;
	    username: string;
	    insecure?: boolean;
	    caFile?: string;
	
	    static createFrom(source: any = {}) {
	        return new Account(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.key = source["key"];
	        this.address = source["address"];
	        this.demo = source["demo"];
	        this.workspace = source["workspace"];
	        this.user = this.convertValues(source["user"], Person);
	        this.username = source["username"];
	        this.insecure = source["insecure"];
	        this.caFile = source["caFile"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Crumb {
	    id: string;
	    type: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new Crumb(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.type = source["type"];
	        this.name = source["name"];
	    }
	}
	export class Mute {
	    id: string;
	    entityType: string;
	    entityId: string;
	    path: Crumb[];
	    text?: string;
	    until?: string;
	    createdAt: string;
	
	    static createFrom(source: any = {}) {
	        return new Mute(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.entityType = source["entityType"];
	        this.entityId = source["entityId"];
	        this.path = this.convertValues(source["path"], Crumb);
	        this.text = source["text"];
	        this.until = source["until"];
	        this.createdAt = source["createdAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class ChannelChange {
	    kind: Kind;
	    project?: string;
	    projectName?: string;
	    channels: string[];
	    reset?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new ChannelChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.project = source["project"];
	        this.projectName = source["projectName"];
	        this.channels = source["channels"];
	        this.reset = source["reset"];
	    }
	}
	export class AccountChange {
	    fuzzyDates?: boolean;
	    defaultPage?: DefaultPage;
	    language?: string;
	    theme?: Theme;
	    timezone?: string;
	    digestInterval?: DigestInterval;
	    digestHour?: number;
	    quietHours?: Record<string, Span[]>;
	    pausedUntil?: string;
	    firstName?: string;
	    lastName?: string;
	    reset?: string[];
	    channels?: ChannelChange[];
	    mute?: Mute[];
	    unmute?: string[];
	
	    static createFrom(source: any = {}) {
	        return new AccountChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.fuzzyDates = source["fuzzyDates"];
	        this.defaultPage = source["defaultPage"];
	        this.language = source["language"];
	        this.theme = source["theme"];
	        this.timezone = source["timezone"];
	        this.digestInterval = source["digestInterval"];
	        this.digestHour = source["digestHour"];
	        this.quietHours = source["quietHours"];
	        this.pausedUntil = source["pausedUntil"];
	        this.firstName = source["firstName"];
	        this.lastName = source["lastName"];
	        this.reset = source["reset"];
	        this.channels = this.convertValues(source["channels"], ChannelChange);
	        this.mute = this.convertValues(source["mute"], Mute);
	        this.unmute = source["unmute"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class GroupJoined {
	    id: string;
	    group: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new GroupJoined(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.group = source["group"];
	        this.name = source["name"];
	    }
	}
	export class RoleGiven {
	    id: string;
	    role: string;
	    name: string;
	    projects: string[];
	
	    static createFrom(source: any = {}) {
	        return new RoleGiven(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.role = source["role"];
	        this.name = source["name"];
	        this.projects = source["projects"];
	    }
	}
	export class AccountOf {
	    id: string;
	    username: string;
	    firstName: string;
	    lastName: string;
	    email: string;
	    thumbnailId?: string;
	    active: boolean;
	    secondFactor: boolean;
	    keptIn?: string;
	    roles: RoleGiven[];
	    groups: GroupJoined[];
	
	    static createFrom(source: any = {}) {
	        return new AccountOf(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.username = source["username"];
	        this.firstName = source["firstName"];
	        this.lastName = source["lastName"];
	        this.email = source["email"];
	        this.thumbnailId = source["thumbnailId"];
	        this.active = source["active"];
	        this.secondFactor = source["secondFactor"];
	        this.keptIn = source["keptIn"];
	        this.roles = this.convertValues(source["roles"], RoleGiven);
	        this.groups = this.convertValues(source["groups"], GroupJoined);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AccountOfChange {
	    username?: string;
	    active?: boolean;
	    giveRoles?: string[];
	    takeRoles?: string[];
	    join?: string[];
	    leave?: string[];
	
	    static createFrom(source: any = {}) {
	        return new AccountOfChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.username = source["username"];
	        this.active = source["active"];
	        this.giveRoles = source["giveRoles"];
	        this.takeRoles = source["takeRoles"];
	        this.join = source["join"];
	        this.leave = source["leave"];
	    }
	}
	export class ProjectSetting {
	    project: string;
	    name: string;
	    kinds: Partial<Record<Kind, Channel[]>>;
	
	    static createFrom(source: any = {}) {
	        return new ProjectSetting(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.project = source["project"];
	        this.name = source["name"];
	        this.kinds = source["kinds"];
	    }
	}
	export class Choice {
	    channels: string[];
	    layer: string;
	
	    static createFrom(source: any = {}) {
	        return new Choice(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.channels = source["channels"];
	        this.layer = source["layer"];
	    }
	}
	export class KindSetting {
	    kind: Kind;
	    own: Channel[] | null;
	    default: Choice;
	
	    static createFrom(source: any = {}) {
	        return new KindSetting(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.own = source["own"];
	        this.default = this.convertValues(source["default"], Choice);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class WorkspaceDefaults {
	    digestInterval: DigestInterval;
	    digestHour: number;
	    quietHours: Record<string, Span[]>;
	    player?: string;
	
	    static createFrom(source: any = {}) {
	        return new WorkspaceDefaults(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.digestInterval = source["digestInterval"];
	        this.digestHour = source["digestHour"];
	        this.quietHours = source["quietHours"];
	        this.player = source["player"];
	    }
	}
	export class Preferences {
	    fuzzyDates?: boolean;
	    defaultPage?: DefaultPage;
	    language?: string;
	    theme?: Theme;
	    timezone?: string;
	    digestInterval?: DigestInterval;
	    digestHour?: number;
	    quietHours: Record<string, Span[]> | null;
	    pausedUntil?: string;
	    player?: string;
	
	    static createFrom(source: any = {}) {
	        return new Preferences(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.fuzzyDates = source["fuzzyDates"];
	        this.defaultPage = source["defaultPage"];
	        this.language = source["language"];
	        this.theme = source["theme"];
	        this.timezone = source["timezone"];
	        this.digestInterval = source["digestInterval"];
	        this.digestHour = source["digestHour"];
	        this.quietHours = source["quietHours"];
	        this.pausedUntil = source["pausedUntil"];
	        this.player = source["player"];
	    }
	}
	export class Profile {
	    id: string;
	    username: string;
	    firstName: string;
	    lastName: string;
	    email: string;
	    thumbnailId?: string;
	
	    static createFrom(source: any = {}) {
	        return new Profile(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.username = source["username"];
	        this.firstName = source["firstName"];
	        this.lastName = source["lastName"];
	        this.email = source["email"];
	        this.thumbnailId = source["thumbnailId"];
	    }
	}
	export class AccountState {
	    profile: Profile;
	    preferences: Preferences;
	    defaults: WorkspaceDefaults;
	    kinds: KindSetting[];
	    overrides: ProjectSetting[];
	    mutes: Mute[];
	    able: Abilities;
	    fetchedAt?: string;
	
	    static createFrom(source: any = {}) {
	        return new AccountState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.profile = this.convertValues(source["profile"], Profile);
	        this.preferences = this.convertValues(source["preferences"], Preferences);
	        this.defaults = this.convertValues(source["defaults"], WorkspaceDefaults);
	        this.kinds = this.convertValues(source["kinds"], KindSetting);
	        this.overrides = this.convertValues(source["overrides"], ProjectSetting);
	        this.mutes = this.convertValues(source["mutes"], Mute);
	        this.able = this.convertValues(source["able"], Abilities);
	        this.fetchedAt = source["fetchedAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class AuditFilter {
	    what: string[];
	    user: string;
	    outcome: string;
	    since: string;
	    until: string;
	
	    static createFrom(source: any = {}) {
	        return new AuditFilter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.what = source["what"];
	        this.user = source["user"];
	        this.outcome = source["outcome"];
	        this.since = source["since"];
	        this.until = source["until"];
	    }
	}
	export class AuditLine {
	    seq: number;
	    at: string;
	    actor: string;
	    subject: string;
	    auth: string;
	    what: string;
	    outcome: string;
	    address: string;
	    device: string;
	    detail: Record<string, any>;
	
	    static createFrom(source: any = {}) {
	        return new AuditLine(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.seq = source["seq"];
	        this.at = source["at"];
	        this.actor = source["actor"];
	        this.subject = source["subject"];
	        this.auth = source["auth"];
	        this.what = source["what"];
	        this.outcome = source["outcome"];
	        this.address = source["address"];
	        this.device = source["device"];
	        this.detail = source["detail"];
	    }
	}
	export class AuditPage {
	    lines: AuditLine[];
	    next: string;
	
	    static createFrom(source: any = {}) {
	        return new AuditPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.lines = this.convertValues(source["lines"], AuditLine);
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	export class Colleague {
	    person: Person;
	    work: string[];
	    shared: number;
	
	    static createFrom(source: any = {}) {
	        return new Colleague(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.person = this.convertValues(source["person"], Person);
	        this.work = source["work"];
	        this.shared = source["shared"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Computer {
	    tray: boolean;
	    toasts: boolean;
	    keychain: boolean;
	    language: string;
	    version: string;
	
	    static createFrom(source: any = {}) {
	        return new Computer(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.tray = source["tray"];
	        this.toasts = source["toasts"];
	        this.keychain = source["keychain"];
	        this.language = source["language"];
	        this.version = source["version"];
	    }
	}
	export class Error {
	    code: Code;
	    reason?: string;
	    field?: string;
	    wait?: number;
	    message: string;
	
	    static createFrom(source: any = {}) {
	        return new Error(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.code = source["code"];
	        this.reason = source["reason"];
	        this.field = source["field"];
	        this.wait = source["wait"];
	        this.message = source["message"];
	    }
	}
	export class ConnectionState {
	    online: boolean;
	    syncing: boolean;
	    syncedAt?: string;
	    waiting: number;
	    problem?: Error;
	
	    static createFrom(source: any = {}) {
	        return new ConnectionState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.online = source["online"];
	        this.syncing = source["syncing"];
	        this.syncedAt = source["syncedAt"];
	        this.waiting = source["waiting"];
	        this.problem = this.convertValues(source["problem"], Error);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Status {
	    id: string;
	    name: string;
	    color: string;
	    state?: State;
	
	    static createFrom(source: any = {}) {
	        return new Status(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.color = source["color"];
	        this.state = source["state"];
	    }
	}
	export class Deadline {
	    id: string;
	    path: Crumb[];
	    type: string;
	    status: Status;
	    due: string;
	    who: string[];
	    mine: boolean;
	    milestone: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Deadline(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.path = this.convertValues(source["path"], Crumb);
	        this.type = source["type"];
	        this.status = this.convertValues(source["status"], Status);
	        this.due = source["due"];
	        this.who = source["who"];
	        this.mine = source["mine"];
	        this.milestone = source["milestone"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class DefaultSetting {
	    kind: Kind;
	    default: Choice;
	    builtIn: string[];
	    followers: number;
	
	    static createFrom(source: any = {}) {
	        return new DefaultSetting(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.default = this.convertValues(source["default"], Choice);
	        this.builtIn = source["builtIn"];
	        this.followers = source["followers"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class DefaultsChange {
	    channels?: ChannelChange[];
	    digestInterval?: DigestInterval;
	    digestHour?: number;
	    quietHours?: Record<string, Span[]>;
	    retentionDays?: number;
	    doneRetentionDays?: number;
	    reset?: string[];
	
	    static createFrom(source: any = {}) {
	        return new DefaultsChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.channels = this.convertValues(source["channels"], ChannelChange);
	        this.digestInterval = source["digestInterval"];
	        this.digestHour = source["digestHour"];
	        this.quietHours = source["quietHours"];
	        this.retentionDays = source["retentionDays"];
	        this.doneRetentionDays = source["doneRetentionDays"];
	        this.reset = source["reset"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class DefaultsState {
	    kinds: DefaultSetting[];
	    workspace: WorkspaceDefaults;
	    retentionDays: number;
	    doneRetentionDays: number;
	    people: number;
	
	    static createFrom(source: any = {}) {
	        return new DefaultsState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kinds = this.convertValues(source["kinds"], DefaultSetting);
	        this.workspace = this.convertValues(source["workspace"], WorkspaceDefaults);
	        this.retentionDays = source["retentionDays"];
	        this.doneRetentionDays = source["doneRetentionDays"];
	        this.people = source["people"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Device {
	    id: string;
	    name: string;
	    signedIn: string;
	    lastUsed: string;
	    current: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Device(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.signedIn = source["signedIn"];
	        this.lastUsed = source["lastUsed"];
	        this.current = source["current"];
	    }
	}
	export class Drop {
	    x: number;
	    y: number;
	
	    static createFrom(source: any = {}) {
	        return new Drop(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.x = source["x"];
	        this.y = source["y"];
	    }
	}
	
	export class Route {
	    channel: Channel;
	    kind: Kind;
	    layer: string;
	
	    static createFrom(source: any = {}) {
	        return new Route(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.channel = source["channel"];
	        this.kind = source["kind"];
	        this.layer = source["layer"];
	    }
	}
	export class Reason {
	    kind: Kind;
	    rule: string;
	    name?: string;
	
	    static createFrom(source: any = {}) {
	        return new Reason(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.kind = source["kind"];
	        this.rule = source["rule"];
	        this.name = source["name"];
	    }
	}
	export class Explanation {
	    reasons: Reason[];
	    routes: Route[];
	    toast: string;
	    toastAt?: string;
	
	    static createFrom(source: any = {}) {
	        return new Explanation(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.reasons = this.convertValues(source["reasons"], Reason);
	        this.routes = this.convertValues(source["routes"], Route);
	        this.toast = source["toast"];
	        this.toastAt = source["toastAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class StatusCount {
	    status: Status;
	    count: number;
	
	    static createFrom(source: any = {}) {
	        return new StatusCount(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.status = this.convertValues(source["status"], Status);
	        this.count = source["count"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Glance {
	    id: string;
	    name: string;
	    thumbnailId?: string;
	    ends?: string;
	    statuses: StatusCount[];
	    mine: number;
	    late: number;
	    manages: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Glance(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	        this.thumbnailId = source["thumbnailId"];
	        this.ends = source["ends"];
	        this.statuses = this.convertValues(source["statuses"], StatusCount);
	        this.mine = source["mine"];
	        this.late = source["late"];
	        this.manages = source["manages"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Happening {
	    id: string;
	    kind: HappeningKind;
	    at: string;
	    by: Person;
	    project: string;
	    path: Crumb[];
	    text?: string;
	    version?: number;
	    from?: Status;
	    to?: Status;
	    picture?: string;
	    item?: string;
	
	    static createFrom(source: any = {}) {
	        return new Happening(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.kind = source["kind"];
	        this.at = source["at"];
	        this.by = this.convertValues(source["by"], Person);
	        this.project = source["project"];
	        this.path = this.convertValues(source["path"], Crumb);
	        this.text = source["text"];
	        this.version = source["version"];
	        this.from = this.convertValues(source["from"], Status);
	        this.to = this.convertValues(source["to"], Status);
	        this.picture = source["picture"];
	        this.item = source["item"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class HeldPicture {
	    id: string;
	
	    static createFrom(source: any = {}) {
	        return new HeldPicture(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	    }
	}
	export class InboxPage {
	    items: Notification[];
	    next: string;
	    total: number;
	
	    static createFrom(source: any = {}) {
	        return new InboxPage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.items = this.convertValues(source["items"], Notification);
	        this.next = source["next"];
	        this.total = source["total"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Subject {
	    path: Crumb[];
	    thumbnailId?: string;
	    text?: string;
	    from?: Status;
	    to?: Status;
	    frame?: number;
	    version?: number;
	
	    static createFrom(source: any = {}) {
	        return new Subject(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.path = this.convertValues(source["path"], Crumb);
	        this.thumbnailId = source["thumbnailId"];
	        this.text = source["text"];
	        this.from = this.convertValues(source["from"], Status);
	        this.to = this.convertValues(source["to"], Status);
	        this.frame = source["frame"];
	        this.version = source["version"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Notification {
	    id: string;
	    seq: number;
	    eventKey: string;
	    kind: Kind;
	    kinds: string[];
	    reasons: Reason[];
	    routes?: Route[];
	    actor: Person;
	    projectId?: string;
	    entityType?: string;
	    entityId?: string;
	    noteId?: string;
	    versionId?: string;
	    statusId?: string;
	    subject: Subject;
	    summary?: string;
	    createdAt: string;
	    readAt?: string;
	    doneAt?: string;
	    snoozedUntil?: string;
	    snoozeUntilChange?: boolean;
	    removedAt?: string;
	
	    static createFrom(source: any = {}) {
	        return new Notification(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.seq = source["seq"];
	        this.eventKey = source["eventKey"];
	        this.kind = source["kind"];
	        this.kinds = source["kinds"];
	        this.reasons = this.convertValues(source["reasons"], Reason);
	        this.routes = this.convertValues(source["routes"], Route);
	        this.actor = this.convertValues(source["actor"], Person);
	        this.projectId = source["projectId"];
	        this.entityType = source["entityType"];
	        this.entityId = source["entityId"];
	        this.noteId = source["noteId"];
	        this.versionId = source["versionId"];
	        this.statusId = source["statusId"];
	        this.subject = this.convertValues(source["subject"], Subject);
	        this.summary = source["summary"];
	        this.createdAt = source["createdAt"];
	        this.readAt = source["readAt"];
	        this.doneAt = source["doneAt"];
	        this.snoozedUntil = source["snoozedUntil"];
	        this.snoozeUntilChange = source["snoozeUntilChange"];
	        this.removedAt = source["removedAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class InboxChange {
	    unread: number;
	    changed: Notification[];
	    removed: string[];
	    reset: boolean;
	    first?: InboxPage;
	
	    static createFrom(source: any = {}) {
	        return new InboxChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.unread = source["unread"];
	        this.changed = this.convertValues(source["changed"], Notification);
	        this.removed = source["removed"];
	        this.reset = source["reset"];
	        this.first = this.convertValues(source["first"], InboxPage);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class InboxFilter {
	    unread: boolean;
	    done: boolean;
	    snoozed: boolean;
	
	    static createFrom(source: any = {}) {
	        return new InboxFilter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.unread = source["unread"];
	        this.done = source["done"];
	        this.snoozed = source["snoozed"];
	    }
	}
	
	export class Invitation {
	    username: string;
	    firstName: string;
	    lastName: string;
	    email: string;
	    role: string;
	    groups: string[];
	
	    static createFrom(source: any = {}) {
	        return new Invitation(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.username = source["username"];
	        this.firstName = source["firstName"];
	        this.lastName = source["lastName"];
	        this.email = source["email"];
	        this.role = source["role"];
	        this.groups = source["groups"];
	    }
	}
	
	
	export class Named {
	    id: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new Named(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	    }
	}
	export class Note {
	    id: string;
	    author: Person;
	    text: string;
	    date: string;
	    recipients: string[];
	    frame?: number;
	    inReplyTo?: string;
	
	    static createFrom(source: any = {}) {
	        return new Note(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.author = this.convertValues(source["author"], Person);
	        this.text = source["text"];
	        this.date = source["date"];
	        this.recipients = source["recipients"];
	        this.frame = source["frame"];
	        this.inReplyTo = source["inReplyTo"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Overview {
	    projects: Glance[];
	    happened: Happening[];
	    deadlines: Deadline[];
	    people: Colleague[];
	    fetchedAt?: string;
	
	    static createFrom(source: any = {}) {
	        return new Overview(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.projects = this.convertValues(source["projects"], Glance);
	        this.happened = this.convertValues(source["happened"], Happening);
	        this.deadlines = this.convertValues(source["deadlines"], Deadline);
	        this.people = this.convertValues(source["people"], Colleague);
	        this.fetchedAt = source["fetchedAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class OverviewChange {
	    overview?: Overview;
	    problem?: Error;
	
	    static createFrom(source: any = {}) {
	        return new OverviewChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.overview = this.convertValues(source["overview"], Overview);
	        this.problem = this.convertValues(source["problem"], Error);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PeopleChange {
	    changed: Person[];
	
	    static createFrom(source: any = {}) {
	        return new PeopleChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.changed = this.convertValues(source["changed"], Person);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PeopleChoices {
	    roles: Named[];
	    groups: Named[];
	
	    static createFrom(source: any = {}) {
	        return new PeopleChoices(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.roles = this.convertValues(source["roles"], Named);
	        this.groups = this.convertValues(source["groups"], Named);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class PeopleFilter {
	    search: string;
	    shown: string;
	
	    static createFrom(source: any = {}) {
	        return new PeopleFilter(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.search = source["search"];
	        this.shown = source["shown"];
	    }
	}
	export class PeoplePage {
	    people: AccountOf[];
	    next: string;
	
	    static createFrom(source: any = {}) {
	        return new PeoplePage(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.people = this.convertValues(source["people"], AccountOf);
	        this.next = source["next"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Policy {
	    enforced: boolean;
	    mayEnforce: boolean;
	    edition: string;
	    people: number;
	    without: number;
	    mine: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Policy(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.enforced = source["enforced"];
	        this.mayEnforce = source["mayEnforce"];
	        this.edition = source["edition"];
	        this.people = source["people"];
	        this.without = source["without"];
	        this.mine = source["mine"];
	    }
	}
	
	
	export class ProjectName {
	    id: string;
	    name: string;
	
	    static createFrom(source: any = {}) {
	        return new ProjectName(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.name = source["name"];
	    }
	}
	
	
	
	
	export class Security {
	    secondFactor: boolean;
	    enforced: boolean;
	    backupCodes: number;
	    local: boolean;
	    key?: APIKey;
	    devices: Device[];
	
	    static createFrom(source: any = {}) {
	        return new Security(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.secondFactor = source["secondFactor"];
	        this.enforced = source["enforced"];
	        this.backupCodes = source["backupCodes"];
	        this.local = source["local"];
	        this.key = this.convertValues(source["key"], APIKey);
	        this.devices = this.convertValues(source["devices"], Device);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Sending {
	    sent: number;
	    total: number;
	
	    static createFrom(source: any = {}) {
	        return new Sending(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.sent = source["sent"];
	        this.total = source["total"];
	    }
	}
	export class SessionState {
	    phase: Phase;
	    account?: Account;
	    kept: boolean;
	
	    static createFrom(source: any = {}) {
	        return new SessionState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.phase = source["phase"];
	        this.account = this.convertValues(source["account"], Account);
	        this.kept = source["kept"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Settings {
	    theme: Theme;
	    language: string;
	    fuzzyDates: boolean;
	    fromAccount: boolean;
	    toastsOff: boolean;
	    inboxOnly: string[];
	    accounts: Account[];
	    current: string;
	    trayHintShown: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Settings(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.theme = source["theme"];
	        this.language = source["language"];
	        this.fuzzyDates = source["fuzzyDates"];
	        this.fromAccount = source["fromAccount"];
	        this.toastsOff = source["toastsOff"];
	        this.inboxOnly = source["inboxOnly"];
	        this.accounts = this.convertValues(source["accounts"], Account);
	        this.current = source["current"];
	        this.trayHintShown = source["trayHintShown"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Show {
	    notification: string;
	
	    static createFrom(source: any = {}) {
	        return new Show(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.notification = source["notification"];
	    }
	}
	export class SignIn {
	    address: string;
	    username: string;
	    password: string;
	    code: string;
	    insecure: boolean;
	    caFile: string;
	
	    static createFrom(source: any = {}) {
	        return new SignIn(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.address = source["address"];
	        this.username = source["username"];
	        this.password = source["password"];
	        this.code = source["code"];
	        this.insecure = source["insecure"];
	        this.caFile = source["caFile"];
	    }
	}
	export class Snooze {
	    until?: string;
	    untilChange: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Snooze(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.until = source["until"];
	        this.untilChange = source["untilChange"];
	    }
	}
	export class Span {
	    from: string;
	    to: string;
	
	    static createFrom(source: any = {}) {
	        return new Span(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.from = source["from"];
	        this.to = source["to"];
	    }
	}
	export class Square {
	    left: number;
	    top: number;
	    edge: number;
	
	    static createFrom(source: any = {}) {
	        return new Square(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.left = source["left"];
	        this.top = source["top"];
	        this.edge = source["edge"];
	    }
	}
	
	
	
	export class Task {
	    id: string;
	    project: string;
	    path: string[];
	    parent: string;
	    type: string;
	    status: Status;
	    workflow: string;
	    priority?: string;
	    urgency: number;
	    due?: string;
	    bid?: number;
	    description?: string;
	    thumbnailId?: string;
	    groups: string[];
	    waiting?: boolean;
	
	    static createFrom(source: any = {}) {
	        return new Task(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.id = source["id"];
	        this.project = source["project"];
	        this.path = source["path"];
	        this.parent = source["parent"];
	        this.type = source["type"];
	        this.status = this.convertValues(source["status"], Status);
	        this.workflow = source["workflow"];
	        this.priority = source["priority"];
	        this.urgency = source["urgency"];
	        this.due = source["due"];
	        this.bid = source["bid"];
	        this.description = source["description"];
	        this.thumbnailId = source["thumbnailId"];
	        this.groups = source["groups"];
	        this.waiting = source["waiting"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TaskList {
	    tasks: Task[];
	    workflows: Record<string, Status[]>;
	    me: string[];
	    fetchedAt?: string;
	
	    static createFrom(source: any = {}) {
	        return new TaskList(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.tasks = this.convertValues(source["tasks"], Task);
	        this.workflows = source["workflows"];
	        this.me = source["me"];
	        this.fetchedAt = source["fetchedAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TaskChange {
	    list?: TaskList;
	    changed: Task[];
	    problem?: Error;
	
	    static createFrom(source: any = {}) {
	        return new TaskChange(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.list = this.convertValues(source["list"], TaskList);
	        this.changed = this.convertValues(source["changed"], Task);
	        this.problem = this.convertValues(source["problem"], Error);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	export class Thread {
	    first: string;
	    notes: Note[];
	    fetchedAt?: string;
	
	    static createFrom(source: any = {}) {
	        return new Thread(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.first = source["first"];
	        this.notes = this.convertValues(source["notes"], Note);
	        this.fetchedAt = source["fetchedAt"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class TwoFactorSetup {
	    secret: string;
	    qr: string[];
	
	    static createFrom(source: any = {}) {
	        return new TwoFactorSetup(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.secret = source["secret"];
	        this.qr = source["qr"];
	    }
	}
	export class WindowState {
	    visible: boolean;
	    compact: boolean;
	
	    static createFrom(source: any = {}) {
	        return new WindowState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.visible = source["visible"];
	        this.compact = source["compact"];
	    }
	}
	export class WorkspaceState {
	    account: Account;
	    phase: Phase;
	    online: boolean;
	    unread: number;
	
	    static createFrom(source: any = {}) {
	        return new WorkspaceState(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.account = this.convertValues(source["account"], Account);
	        this.phase = source["phase"];
	        this.online = source["online"];
	        this.unread = source["unread"];
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Workspaces {
	    items: WorkspaceState[];
	
	    static createFrom(source: any = {}) {
	        return new Workspaces(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.items = this.convertValues(source["items"], WorkspaceState);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	export class Update {
	    session?: SessionState;
	    workspaces?: Workspaces;
	    account?: AccountState;
	    connection?: ConnectionState;
	    inbox?: InboxChange;
	    thread?: Thread;
	    tasks?: TaskChange;
	    overview?: OverviewChange;
	    people?: PeopleChange;
	    sending?: Sending;
	    dropped?: Drop;
	    window?: WindowState;
	    show?: Show;
	    settings?: Settings;
	    computer?: Computer;
	    problem?: Error;
	
	    static createFrom(source: any = {}) {
	        return new Update(source);
	    }
	
	    constructor(source: any = {}) {
	        if ('string' === typeof source) source = JSON.parse(source);
	        this.session = this.convertValues(source["session"], SessionState);
	        this.workspaces = this.convertValues(source["workspaces"], Workspaces);
	        this.account = this.convertValues(source["account"], AccountState);
	        this.connection = this.convertValues(source["connection"], ConnectionState);
	        this.inbox = this.convertValues(source["inbox"], InboxChange);
	        this.thread = this.convertValues(source["thread"], Thread);
	        this.tasks = this.convertValues(source["tasks"], TaskChange);
	        this.overview = this.convertValues(source["overview"], OverviewChange);
	        this.people = this.convertValues(source["people"], PeopleChange);
	        this.sending = this.convertValues(source["sending"], Sending);
	        this.dropped = this.convertValues(source["dropped"], Drop);
	        this.window = this.convertValues(source["window"], WindowState);
	        this.show = this.convertValues(source["show"], Show);
	        this.settings = this.convertValues(source["settings"], Settings);
	        this.computer = this.convertValues(source["computer"], Computer);
	        this.problem = this.convertValues(source["problem"], Error);
	    }
	
		convertValues(a: any, classs: any, asMap: boolean = false): any {
		    if (!a) {
		        return a;
		    }
		    if (a.slice && a.map) {
		        return (a as any[]).map(elem => this.convertValues(elem, classs));
		    } else if ("object" === typeof a) {
		        if (asMap) {
		            for (const key of Object.keys(a)) {
		                a[key] = new classs(a[key]);
		            }
		            return a;
		        }
		        return new classs(a);
		    }
		    return a;
		}
	}
	
	
	

}

