package domain

import "slices"

// Channels lists every channel, in the order a person reads them.
var Channels = []Channel{Mail, InternalChannel, Digest}

// AllChannels lists every channel with its TypeScript name.
var AllChannels = []struct {
	Value  Channel
	TSName string
}{
	{Mail, "Mail"},
	{InternalChannel, "Internal"},
	{Digest, "Digest"},
}

// Layer says who chose the channels of a kind.
type Layer string

// The layers, the nearest first: the first in which a choice was made counts.
const (
	LayerProject   Layer = "project"   // the person, for one project
	LayerOwn       Layer = "own"       // the person, everywhere
	LayerWorkspace Layer = "workspace" // an administrator, for all who did not choose
	LayerBuiltIn   Layer = "built_in"  // nobody: Callboard's own
)

// Choice is the channels in force for a kind, and who chose them. No channels means that the kind is off.
type Choice struct {
	Channels []Channel `json:"channels"`
	Layer    Layer     `json:"layer"`
}

// Choices are all choices that bear on one person. A kind that is missing in a layer was not chosen
// there; one with an empty list was switched off.
type Choices struct {
	Projects  map[ProjectID]map[Kind][]Channel
	Own       map[Kind][]Channel
	Workspace map[Kind][]Channel
}

// For resolves what counts for a kind in a project; project "" is what belongs to none.
func (c Choices) For(kind Kind, project ProjectID) Choice {
	if channels, chosen := c.Projects[project][kind]; chosen && project != "" {
		return Choice{Channels: channels, Layer: LayerProject}
	}
	if channels, chosen := c.Own[kind]; chosen {
		return Choice{Channels: channels, Layer: LayerOwn}
	}
	return c.Default(kind)
}

// Default is what counts for a kind where the person chose nothing.
func (c Choices) Default(kind Kind) Choice {
	if channels, chosen := c.Workspace[kind]; chosen {
		return Choice{Channels: channels, Layer: LayerWorkspace}
	}
	return Choice{Channels: BuiltInChannels(kind), Layer: LayerBuiltIn}
}

// Route is one channel that a notification takes: the first in rank of its kinds that has the channel
// on, and who chose that.
type Route struct {
	Channel Channel `json:"channel"`
	Kind    Kind    `json:"kind"`
	Layer   Layer   `json:"layer"`
}

// Routes are the channels of a notification that carries these kinds: the union over all of them.
func (c Choices) Routes(kinds []Kind, project ProjectID) []Route {
	var routes []Route
	for _, channel := range Channels {
		for _, kind := range SortKinds(kinds) {
			if choice := c.For(kind, project); slices.Contains(choice.Channels, channel) {
				routes = append(routes, Route{Channel: channel, Kind: kind, Layer: choice.Layer})
				break
			}
		}
	}
	return routes
}

// RouteOf finds the route through a channel.
func RouteOf(routes []Route, channel Channel) (Route, bool) {
	i := slices.IndexFunc(routes, func(r Route) bool { return r.Channel == channel })
	if i < 0 {
		return Route{}, false
	}
	return routes[i], true
}

// ValidChannels puts channels in order, each once, or says which is none.
func ValidChannels(channels []Channel) ([]Channel, error) {
	for _, channel := range channels {
		if !slices.Contains(Channels, channel) {
			return nil, &Error{Code: Invalid, Field: "channels", Reason: "unknown_channel", Message: "there is no channel " + string(channel) + "; there are mail, internal and digest"}
		}
	}
	ordered := []Channel{}
	for _, channel := range Channels {
		if slices.Contains(channels, channel) {
			ordered = append(ordered, channel)
		}
	}
	return ordered, nil
}
