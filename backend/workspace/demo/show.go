package demo

import "github.com/callboard/callboard/backend/domain"

// film is a production: what the workspace calls a project.
type film struct {
	code, title, color string
	cover              string // the shot whose picture stands for it
	begun, ends        int    // in days from today
	sequences          []sequence
	crafts             []craft // the tasks of each shot
	builds             []build
	milestones         []milestone
}

// milestone is a day that everybody works towards.
type milestone struct {
	name string
	in   int // days from today
}

// films are what Aurora Pictures works on. The first is the show; the others are small and beside it.
var films = []film{
	{"northern_lights", "Northern Lights", "#5f8f7f", "sh0140", -150, 92, sequences, shotCrafts, builds, []milestone{
		{"Screening of the first reel", 3}, {"Picture lock of sq010", 6}, {"Delivery to sound", 24},
	}},
	{"nl_teaser", "Northern Lights Teaser", "#8a7a5f", "te0020", -40, 19, teaserSequences, teaserCrafts, nil, []milestone{
		{"Teaser to the festivals", 5},
	}},
}

// id is that of the project.
func (f film) id() string {
	if f.code == films[0].code {
		return projectID()
	}
	return idOf("project/" + f.code)
}

// sequence is a stretch of a film.
type sequence struct {
	name, description string
	shots             []string
	lights            []int // which weathers its shots have, in turn
}

var sequences = []sequence{
	{
		"sq010", "The crossing: Mara takes the boat over the fjord before the ice closes.",
		[]string{"sh0010", "sh0020", "sh0030", "sh0040", "sh0050", "sh0060"},
		[]int{2, 0, 1},
	},
	{
		"sq020", "The lighthouse: the storm, the broken lamp, and the lights over the ice.",
		[]string{"sh0110", "sh0120", "sh0130", "sh0140", "sh0150", "sh0160"},
		[]int{3, 4, 5, 0},
	},
}

var teaserSequences = []sequence{{
	"te", "Forty seconds for the festivals: the lamp, the ice, the lights.",
	[]string{"te0010", "te0020", "te0030", "te0040"},
	[]int{5, 0, 4},
}}

// craft is a kind of task, by the name of its task type.
type craft struct {
	name, kind string
	artists    []string // who is assigned, in turn from shot to shot
	every      int      // on every n-th shot
	days       float64  // planned
	bench      bench
	team       string // the group that is assigned in place of the artist; "" for none
}

var shotCrafts = []craft{
	{"layout", "Layout", []string{"kenji"}, 1, 1, benchAnimation, ""},
	{"anim", "Animation", []string{"maya", "kenji", "maya"}, 1, 4, benchAnimation, ""},
	{"fx", "FX", []string{"oskar"}, 2, 3, benchEffects, ""},
	{"light", "Lighting", []string{"lena", "priya"}, 1, 2, benchLighting, ""},
	{"roto", "Rotoscoping", []string{"wei"}, 3, 1.5, benchComp, ""},
	{"comp", "Compositing", []string{"aiko", "aiko", "wei"}, 1, 2, benchComp, ""},
	// What anybody of the department may take.
	{"cleanup", "Animation", []string{"kenji"}, 4, 0.5, benchAnimation, "Animation"},
}

var teaserCrafts = []craft{
	{"anim", "Animation", []string{"maya", "kenji"}, 1, 2, benchAnimation, ""},
	{"light", "Lighting", []string{"lena", "priya"}, 1, 1, benchLighting, ""},
	{"comp", "Compositing", []string{"wei", "aiko"}, 1, 1.5, benchComp, ""},
}

// build is an asset build: a thing of the film that is made once and used in many shots.
type build struct {
	name, description string
	crafts            []craft
}

var builds = []build{
	{"mara", "Mara, twelve: parka, mittens, one loose boot lace.", []craft{
		{"model", "Modeling", []string{"oskar"}, 1, 6, benchAssets, ""},
		{"rig", "Rigging", []string{"kenji"}, 1, 8, benchAssets, ""},
		{"lookdev", "Lookdev", []string{"priya"}, 1, 4, benchAssets, ""},
		{"cycles", "Animation", []string{"maya"}, 1, 3, benchAnimation, ""},
	}},
	{"lighthouse", "The lighthouse and its lamp room, inside and out.", []craft{
		{"model", "Modeling", []string{"oskar"}, 1, 5, benchAssets, ""},
		{"lookdev", "Lookdev", []string{"lena"}, 1, 3, benchAssets, ""},
	}},
}

// task is one task of the show with what the people at work need to know of it.
type task struct {
	id      string
	name    string // "sh0140 / anim"
	artist  string // username
	craft   craft
	film    film
	thing   string // id of the shot or asset build
	where   string // "shot" or "build", and the name: seeds ids
	picture domain.ComponentID
}

func (t task) asset() string   { return idOf("asset/" + t.where + "/" + t.craft.name) }
func projectID() string        { return idOf("project") }
func thingID(at string) string { return idOf(at) }

func pictureOf(at string) domain.ComponentID { return domain.ComponentID(idOf("picture/" + at)) }

// tasks are all tasks of all films, in the order of each.
func tasks() []task {
	var all []task
	for _, f := range films {
		shot := 0
		for _, s := range f.sequences {
			for _, name := range s.shots {
				for _, c := range f.crafts {
					if shot%c.every == 0 {
						all = append(all, taskOf(f, "shot/"+name, name, c, c.artists[shot/c.every%len(c.artists)]))
					}
				}
				shot++
			}
		}
		for _, b := range f.builds {
			for _, c := range b.crafts {
				all = append(all, taskOf(f, "build/"+b.name, b.name, c, c.artists[0]))
			}
		}
	}
	return all
}

func taskOf(f film, at, name string, c craft, artist string) task {
	return task{
		id: idOf("task/" + at + "/" + c.name), name: name + " / " + c.name, artist: artist, craft: c, film: f,
		thing: thingID(at), where: at, picture: pictureOf(at),
	}
}
