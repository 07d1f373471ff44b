package demo

import "github.com/callboard/callboard/backend/domain"

// The roles of the demo's people, by the names of the protocol's security roles.
const (
	RoleAdministrator  = "Administrator"
	RoleProjectManager = "Project Manager"
	RoleUser           = "User"
)

// Person is somebody who works on the show.
type Person struct {
	Username, First, Last string
	Role                  string
	look                  look
}

// ID is the person's user id.
func (p Person) ID() domain.UserID { return domain.UserID(idOf("user/" + p.Username)) }

func (p Person) picture() domain.ComponentID {
	return domain.ComponentID(idOf("portrait/" + p.Username))
}

// People are those who work on the show. The first is the one the demo is told to: an animator.
var People = []Person{
	{"maya", "Maya", "Chen", RoleUser, look{hex(0x66707a), hex(0xd9ae8c), hex(0x2a2422), hex(0x55665f), bob, false, false}},
	{"tomas", "Tomas", "Ríos", RoleProjectManager, look{hex(0x7a6258), hex(0xc08a68), hex(0x30251f), hex(0x3f4a55), short, false, true}},
	{"ines", "Ines", "Navarro", RoleAdministrator, look{hex(0x6d5c74), hex(0xd2a07c), hex(0x402a20), hex(0x5a4652), long, true, false}},
	{"kenji", "Kenji", "Ito", RoleUser, look{hex(0x58705f), hex(0xdcb592), hex(0x1f1d1e), hex(0x6a6a62), short, true, false}},
	{"lena", "Lena", "Brandt", RoleUser, look{hex(0x756d55), hex(0xe6c4ac), hex(0xa8834f), hex(0x4e5a6a), bun, false, false}},
	{"aiko", "Aiko", "Mori", RoleUser, look{hex(0x5b6a82), hex(0xe0bb9a), hex(0x241f22), hex(0x7c5f5f), long, false, false}},
	{"wei", "Wei", "Qiao", RoleUser, look{hex(0x667074), hex(0xd6ab86), hex(0x26221f), hex(0x3d5558), short, false, false}},
	{"oskar", "Oskar", "Lindqvist", RoleUser, look{hex(0x5f6a58), hex(0xecccb6), hex(0x9a6a3c), hex(0x4a4640), short, true, true}},
	{"priya", "Priya", "Nair", RoleUser, look{hex(0x7a665c), hex(0x9a6746), hex(0x1c1719), hex(0x6b4f45), curls, false, false}},
	{"dana", "Dana", "Whitfield", RoleProjectManager, look{hex(0x6a6a70), hex(0x7a4f38), hex(0x1f1815), hex(0x59606e), curls, true, false}},
}

func personByName(username string) (Person, bool) {
	for _, p := range People {
		if p.Username == username {
			return p, true
		}
	}
	return Person{}, false
}

func userID(username string) string { return idOf("user/" + username) }

// group is a department.
type group struct {
	name    string
	members []string
}

var groups = []group{
	{"Animation", []string{"maya", "kenji"}},
	{"Lighting", []string{"lena", "priya"}},
	{"Compositing", []string{"aiko", "wei"}},
	{"Effects", []string{"oskar"}},
	{"Production", []string{"tomas", "dana", "ines"}},
}

func groupID(name string) string { return idOf("group/" + name) }
