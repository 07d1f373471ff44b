package tracker_test

import "testing"

// Production gives maya her first row: she is assigned to comp by the server itself.
const assigned = "1 assignment:a1:add assignment (assigned)"

func TestAssignmentAndUnassignmentAreTwoEvents(t *testing.T) {
	s := open(t)
	s.expect(t, "maya", assigned)
	s.do(t, "tomas", create("Appointment", data{"id": "a5", "context_id": "comp", "resource_id": "lena", "type": "assignment"}))
	s.do(t, "tomas", remove("Appointment", "a5"))
	s.expect(t, "lena", "1 assignment:a5:add assignment (assigned)", "2 assignment:a5:remove unassignment (assigned)")
}

func TestAClaimTellsTheClaimerNothing(t *testing.T) {
	s := open(t)
	s.do(t, "lena", create("Appointment", data{"context_id": "comp", "resource_id": "lena"}))
	s.expect(t, "lena")
}

func TestAnAssignmentTakenBackInOneRequestNeverWas(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Appointment", data{"id": "a5", "context_id": "comp", "resource_id": "lena"}), remove("Appointment", "a5"))
	s.expect(t, "lena")
}

func TestAnAppointmentHandedOverTellsBoth(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", update("Appointment", "a1", data{"resource_id": "lena"}))
	s.expect(t, "maya", assigned, "2 assignment:a1:remove unassignment (assigned)")
	s.expect(t, "lena", "1 assignment:a1:add assignment (assigned)")
}

func TestAnAllocationIsNoAssignment(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", create("Appointment", data{"context_id": "comp", "resource_id": "lena", "type": "allocation"}))
	s.expect(t, "lena")
}

func TestWhatGoesWithItsTaskRaisesNothing(t *testing.T) {
	s := open(t)
	s.do(t, "tomas", remove("Task", "comp"))
	s.expect(t, "maya", "2 assignment:a1:add assignment (assigned) removed")
}
